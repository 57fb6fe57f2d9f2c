// Node. What was found, as tables, as lines, and as a page of the documentation.
import { markdownTable } from '../harness/markdown-table.ts'
import type { AppResult } from './app-result.ts'
import { FAULTS, MAX_DURATION_DIFFERENCE } from './compare.ts'

const KINDS = ['fetch', 'xhr', 'websocket', 'eventsource', 'beacon'] as const

export function isFaultless({ comparison, schemaErrors, difference }: AppResult): boolean {
  return comparison.faults.length === 0 && schemaErrors.length === 0 && difference === undefined
}

/** The calls by kind, as the protocol log has them, and how many were found. */
export function callTable(results: readonly AppResult[]): string {
  return markdownTable(
    ['application', 'fetch', 'XHR', 'WebSocket', 'EventSource', 'ping', 'in all', 'found once'],
    results.map(({ name, calls, comparison }) => [
      name,
      ...KINDS.map(kind => `${calls.filter(call => call.kind === kind).length}`),
      `${calls.length}`,
      `${comparison.matched}`,
    ]),
  )
}

export function faultTable(results: readonly AppResult[]): string {
  const counted = FAULTS.filter(fault => fault !== 'duration')
  return markdownTable(
    [
      'application',
      ...counted.map(fault => (fault === 'missing' || fault === 'twice' ? fault : `wrong ${fault}`)),
      `off by > ${MAX_DURATION_DIFFERENCE} ms`,
      'median (ms)',
      'p95 (ms)',
      'max (ms)',
      'late in the log',
      'valid',
      'same bytes',
    ],
    results.map(({ name, comparison, schemaErrors, difference }) => {
      const sizes = comparison.differences.map(Math.abs).sort((a, b) => a - b)
      const at = (share: number): string => sizes[Math.ceil(share * sizes.length) - 1]?.toFixed(2) ?? ''
      const count = (fault: string): string => `${comparison.faults.filter(each => each.fault === fault).length}`
      const yes = (holds: boolean): string => (holds ? 'yes' : 'no')
      return [
        name,
        ...counted.map(count),
        count('duration'),
        at(0.5),
        at(0.95),
        at(1),
        `${comparison.explained}`,
        yes(schemaErrors.length === 0),
        yes(difference === undefined),
      ]
    }),
  )
}

/** One line for each fault. */
export function faultLines({ comparison, schemaErrors, difference }: AppResult): string[] {
  return [
    ...comparison.faults.map(({ fault, text }) => `${fault}: ${text}`),
    ...schemaErrors.map(error => `not valid: ${error}`),
    ...(difference === undefined ? [] : [`exported again after its import: ${difference}`]),
  ]
}

/** @param tried how many applications were to be used; some may have no result. */
export function page(results: readonly AppResult[], tried: number, load: number): string {
  const faultless = results.filter(isFaultless).length
  const date = new Date().toISOString().slice(0, 10)
  return `# Real applications

\`npm run realworld\` (after \`npm run build\`; some four minutes) installs six applications from the registry into
\`.realworld/\`, serves them on loopback, and uses each as a user would while a real Chromium shows Perf in DevTools. The
browser's own protocol log is recorded beside it. Every fetch, XMLHttpRequest, WebSocket, EventSource and ping in that log
has to be in the exported session once, with the same method, URL, status and outcome, and with a duration to the end of
its body that is within ${MAX_DURATION_DIFFERENCE} ms. The session is validated against its schema, opened as a file, and exported again: to the same
bytes. The command writes this page with \`--report docs/realworld.md\`, and exits with 1 unless all of that holds.

${results.map(({ name, packages }) => `- **${name}**: ${packages.join(', ')}`).join('\n')}

This run: Chromium ${results[0]?.browser}, ${date}, load average ${load.toFixed(1)}. ${faultless} of ${tried} applications are without a fault.

## Calls in the protocol log

${callTable(results)}

## What differs

The last figures are the sizes of the differences between durations, on an otherwise idle machine. Not among them is what is
*late in the log*: it begins when the browser makes the request, which may be some milliseconds after the page's call, and it
has a failure when the page's own thread hears of it.

${faultTable(results)}
`
}
