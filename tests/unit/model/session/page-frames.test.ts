// Test (Node): no frame of the page script is in a session, however it was recorded, and whichever file it comes from.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SessionModel } from '../../../../model/session/session-model.ts'
import type { SessionFile } from '../../../../session/format.ts'
import type { NetworkRequest } from '../../../../wire/network.ts'
import { exported, imported, parsed } from '../formats/session/imported.ts'
import { columnsOf, documentOf, TIME_ORIGIN } from '../operation-rows.ts'

const OURS = [
  'perf://perf/node_modules/perf-page-script.js',
  'chrome-extension://dbaomjlhjkkcpflehkinlkcholhogmmc/injected/main.js',
  'moz-extension://6f5ba2c4-0d2e-4b0e-9d3b-2f9a1d3c4e5f/injected/main.js',
]
const PAGE = ['https://page.example/app.js', 'chrome-extension://aaaabbbbccccddddeeeeffffgggghhhh/other.js']

interface Frame {
  name: string
  url: string
  line: number
}
const frames = fc.array(
  fc.record<Frame>({
    name: fc.constantFrom('apply', 'async load', '(anonymous)'),
    url: fc.constantFrom(...OURS, ...PAGE),
    line: fc.nat(9_999),
  }),
  { maxLength: 12 },
)
const pagesOf = (stack: readonly Frame[]): Frame[] => stack.filter(({ url }) => !OURS.includes(url))

const byDevtools = ({ name, url, line }: Frame): string => `${name} ${url}:${line}:1`
const byV8 = ({ name, url, line }: Frame): string => `    at ${name} (${url}:${line}:1)`

const requestTo = (url: string, start: number, type: string, stack: readonly Frame[]): NetworkRequest => ({
  ...{ url, method: 'GET', status: 200, type, duration: 1, phases: { wait: 1 }, startTime: TIME_ORIGIN + start },
  initiator: { type: 'script', ...(stack.length > 0 ? { stack: stack.map(byDevtools) } : {}) },
})

/** An error of an operation, the initiators of a request, of a connection, and of a request that is no operation's. */
function recorded(stack: readonly Frame[]): SessionModel {
  const session = new SessionModel(TIME_ORIGIN)
  const [url, socket] = ['https://page.example/a', 'wss://page.example/b']
  const error = { name: 'Error', message: 'of the page', stack: ['Error: of the page', ...stack.map(byV8)].join('\n') }
  const connection = { url: socket, messagesIn: 0, bytesIn: 0, messagesOut: 0, bytesOut: 0 }
  const http = { method: 'GET', url, status: 200, endSource: 'resource-timing' as const }
  const [requests, others] = [
    columnsOf([{ id: 1, name: 'GET /a', kind: 'fetch', outcome: 'ok', start: 5, duration: 1, detail: { http } }]),
    columnsOf([
      { id: 1, name: 'checkout', outcome: 'failed', start: 10, duration: 20, detail: { error } },
      { id: 2, name: 'WS /b', kind: 'websocket', outcome: 'ok', start: 20, duration: 1, detail: { connection } },
    ]),
  ]
  if (stack.length > 0) requests.details.push([0, { stack: stack.map(byV8).join('\n') }])
  const operations = [
    { source: 0, columns: requests },
    { source: 1, columns: others },
  ]
  session.apply({ type: 'document', document: documentOf() })
  session.apply({
    type: 'batch',
    document: documentOf(),
    batch: { operations, memory: [], snapshots: [], losses: [] },
  })
  session.apply({
    type: 'network',
    requests: [requestTo(url, 5, 'fetch', stack), requestTo(socket, 20, 'websocket', stack)],
  })
  session.apply({ type: 'network', requests: [requestTo('https://page.example/logo.png', 30, 'image', stack)] })
  return session
}

const exportOf = async (session: SessionModel): Promise<SessionFile> => parsed(await exported(session))

test('sessions that an earlier version recorded keep only the frames of the page, in order', async () => {
  await fc.assert(
    fc.asyncProperty(frames, async stack => {
      expect(await exportOf(recorded(stack))).toEqual(await exportOf(recorded(pagesOf(stack))))
    }),
  )
})

/** The file as an installation would have written it that keeps all frames. */
function withFrames(file: SessionFile, stack: readonly Frame[]): SessionFile {
  const lists = { stack: stack.map(byDevtools) }
  const put = (request: NetworkRequest | undefined): void => {
    if (request && stack.length > 0) request.initiator = { type: 'script', ...lists }
  }
  for (const { http, connection, error } of file.operations) {
    put(http?.devtools)
    put(connection?.devtools)
    if (http && stack.length > 0) http.stack = stack.map(byV8)
    if (error) error.stack = ['Error: of the page', ...stack.map(byV8)].join('\n')
  }
  for (const request of file.networkRequests) put(request)
  return file
}

test('files that another installation exported keep only the frames of the page', async () => {
  await fc.assert(
    fc.asyncProperty(frames, async stack => {
      const file = await exportOf(recorded(pagesOf(stack)))
      expect(file.operations.map(({ http, connection }) => (http ?? connection)?.devtools !== undefined)).toEqual([
        true,
        false,
        true,
      ])
      const other = JSON.stringify(withFrames(structuredClone(file), stack))
      expect(await exportOf(await imported(new Blob([other])))).toEqual(file)
    }),
  )
})
