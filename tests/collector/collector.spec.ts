// Test (real Chromium, real DevTools, a real Jaeger and a real OpenTelemetry Collector): what is recorded arrives once, with parents
// and attributes, whatever fails meanwhile. PERF_OPERATIONS and PERF_PAUSE (seconds) make it shorter.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { killWorker } from '../../bench/torture/kill-worker.ts'
import { listenLocally } from '../../demo/local-server.ts'
import { SPANS_PER_MESSAGE } from '../../model/formats/otlp/otlp-spans-writer.ts'
import { exportSessionText } from '../../scripts/export-session.ts'
import { waitUntil } from '../../scripts/wait-until.ts'
import type { SessionFile, SessionOperation } from '../../session/format.ts'
import { expect, test } from '../browser/perf-test.ts'
import { richSessionFile } from '../support/rich-session.ts'
import { run } from '../unit/cli/run.ts'
import { readOtlpProtobuf } from '../unit/model/formats/otlp/otlp-reader.ts'
import { type Jaeger, type JaegerSpan, startCollector, startJaeger } from './backends.ts'
import { type FaultyProxy, startFaultyProxy } from './faulty-proxy.ts'

const OPERATIONS = Number(process.env.PERF_OPERATIONS ?? 100_000)
const PAUSE_MS = Number(process.env.PERF_PAUSE ?? 60) * 1_000
/** Operations of a trace, which is one of the app's with steps in it. */
const STEPS = 99
/** Traces have one of so many names: what is read back at once is bounded. */
const NAMES = 10
/** Traces that are recorded at once: less than a page may have that is not delivered. */
const TRACES_AT_ONCE = 10
const TRACES = OPERATIONS / (STEPS + 1)
const KILLS = 10
/** How many messages there are at least. */
const MESSAGES = Math.floor(OPERATIONS / SPANS_PER_MESSAGE)
/** Messages that are taken between two failures of the backend. */
const MESSAGES_BETWEEN = Math.floor(MESSAGES / 8)
/** Messages that the backend refuses each time. */
const REFUSALS = 3
const SENDING_TIMEOUT = 600_000

const sleep = (milliseconds: number): Promise<void> => new Promise(resolve => setTimeout(resolve, milliseconds))

/** All spans of the session's operations, by the operation's id: as often as they arrived. */
async function spansById(jaeger: Jaeger): Promise<Map<string, JaegerSpan[]>> {
  const spans = new Map<string, JaegerSpan[]>()
  const [service = ''] = await jaeger.services()
  for (let i = 0; i < NAMES; i++) {
    for (const span of await jaeger.spansOf(service, `order ${i}`)) {
      const id = String(span.tags.find(({ key }) => key === 'perf.operation.id')?.value)
      spans.set(id, [...(spans.get(id) ?? []), span])
    }
  }
  return spans
}

/** What a span has else than the operation in the file. */
function differences(
  operation: SessionOperation,
  span: JaegerSpan | undefined,
  parent: JaegerSpan | undefined,
): string[] {
  if (!span) return ['is missing']
  const tag = (name: string) => span.tags.find(({ key }) => key === name)?.value
  const of = span.references.find(({ refType }) => refType === 'CHILD_OF')
  const { operationName, kind, outcome, startTime, duration, metadata } = operation
  return [
    ...(span.operationName === operationName ? [] : ['name']),
    ...(tag('perf.kind') === kind && tag('perf.outcome') === outcome ? [] : ['kind or outcome']),
    ...(tag('perf.metadata') === (metadata && JSON.stringify(metadata)) ? [] : ['metadata']),
    ...(Math.abs(span.startTime - startTime * 1_000) <= 1 ? [] : ['start']),
    ...(Math.abs(span.duration - (duration ?? Number.NaN) * 1_000) <= 1 ? [] : ['duration']),
    ...(of?.spanID === parent?.spanID && (!parent || parent.traceID === span.traceID) ? [] : ['parent']),
  ]
}

function expectAll(file: SessionFile, spans: ReadonlyMap<string, JaegerSpan[]>): void {
  expect(file.operations).toHaveLength(OPERATIONS)
  expect(file.gaps).toEqual([])
  const wrong = file.operations.flatMap(operation => {
    const [span] = spans.get(operation.id) ?? []
    const [parent] = operation.parentId === undefined ? [] : (spans.get(operation.parentId) ?? [])
    const found = differences(operation, span, parent)
    return found.length > 0 ? [`${operation.id}: ${found}`] : []
  })
  expect(wrong.slice(0, 10)).toEqual([])
  expect(spans.size).toBe(OPERATIONS)
}

function repeated(spans: ReadonlyMap<string, JaegerSpan[]>): number {
  return [...spans.values()].reduce((sum, each) => sum + each.length - 1, 0)
}

/** Is gone for a while, then busy, then unavailable: each after a part of the messages, and until some of them were refused. */
async function fail(proxy: FaultyProxy): Promise<void> {
  const answered = async (status: number, count: number): Promise<void> => {
    const already = proxy.answers[status] ?? 0
    const isEnough = async () => (proxy.answers[status] ?? 0) >= already + count
    await waitUntil(`${count} answers ${status}`, isEnough, SENDING_TIMEOUT)
  }
  await answered(200, MESSAGES_BETWEEN)
  await proxy.set('gone')
  await sleep(PAUSE_MS)
  for (const [mode, status] of [
    ['busy', 429],
    ['unavailable', 503],
  ] as const) {
    await proxy.set('forward')
    await answered(200, MESSAGES_BETWEEN)
    await proxy.set(mode)
    await answered(status, REFUSALS)
  }
  await proxy.set('forward')
}

test('operations arrive once in Jaeger, live and from the file, however often a worker or the way fails', async ({
  chromium,
  inspected,
  demo,
}) => {
  const { page, panel, frontend } = inspected
  const folder = await mkdtemp(join(tmpdir(), 'perf-collector-'))
  const jaeger = await startJaeger()
  const proxy = await startFaultyProxy(jaeger.endpoint)
  try {
    await frontend.setViewportSize({ width: 1_200, height: 900 })
    await page.goto(`${demo.url}/empty`)
    await panel.getByRole('button', { name: 'Settings' }).click()
    await panel.getByRole('textbox', { name: /collector on this machine/ }).fill(proxy.endpoint)
    await frontend.keyboard.press('Tab')
    const sent = panel.getByRole('status').filter({ hasText: 'of this session sent' })

    const started = performance.now()
    const failing = fail(proxy)
    // Both while the page records and while the backend takes what was recorded.
    let recordedTraces = 0
    const progress = (): number => recordedTraces / TRACES + (proxy.answers[200] ?? 0) / MESSAGES
    const killing = (async () => {
      for (let kills = 0; kills < KILLS; kills++) {
        const isTime = async () => progress() >= (2 * (kills + 0.5)) / KILLS
        await waitUntil('the time to kill the worker', isTime, SENDING_TIMEOUT)
        await killWorker(chromium)
      }
    })()
    for (let first = 0; first < TRACES; first += TRACES_AT_ONCE) {
      await page.evaluate(
        async ([from, to, steps, names]) => {
          const monitor = window.PerformanceMonitor.getInstance()
          for (let trace = from; trace < to; trace++) {
            await monitor.trackOperation(`order ${trace % names}`, async order => {
              for (let step = 0; step < steps; step++) {
                await order.trackOperation('step', async () => step, { trace, step })
              }
            })
          }
          // So that the page is not faster than what it records is delivered.
          await new Promise(resolve => setTimeout(resolve, 100))
        },
        [first, Math.min(first + TRACES_AT_ONCE, TRACES), STEPS, NAMES] as const,
      )
      recordedTraces = Math.min(first + TRACES_AT_ONCE, TRACES)
    }
    const recorded = performance.now()
    await Promise.all([failing, killing])
    await expect(sent).toHaveText(`${OPERATIONS.toLocaleString('en')} operations of this session sent.`, {
      timeout: SENDING_TIMEOUT,
    })
    const done = performance.now()

    await frontend.keyboard.press('Escape')
    const text = await exportSessionText(inspected)
    const file = JSON.parse(text) as SessionFile
    const live = await spansById(jaeger)
    expectAll(file, live)
    const twice = repeated(live)
    // A worker that is killed may have had one message without an answer.
    expect(twice).toBeLessThanOrEqual(KILLS * SPANS_PER_MESSAGE)
    const seconds = (milliseconds: number): string => `${(milliseconds / 1_000).toFixed(0)} s`
    console.log(
      `live: ${OPERATIONS} operations recorded in ${seconds(recorded - started)}, all sent ${seconds(done - recorded)} later; ` +
        `${twice} spans twice; answers ${JSON.stringify(proxy.answers)}`,
    )

    const other = await startJaeger()
    const way = await startFaultyProxy(other.endpoint)
    try {
      await writeFile(join(folder, 'session.json'), text)
      const fails = fail(way)
      const begun = performance.now()
      const answer = await run(
        folder,
        'send',
        '@session.json',
        '--endpoint',
        way.endpoint,
        '--retry',
        `${PAUSE_MS / 1_000 + 60}s`,
      )
      const took = performance.now() - begun
      await fails
      expect(answer).toMatchObject({
        code: 0,
        out: expect.stringContaining(`${OPERATIONS.toLocaleString('en')} operations sent`),
      })
      const fromFile = await spansById(other)
      expectAll(file, fromFile)
      expect(repeated(fromFile)).toBe(0)
      console.log(`from the file: sent in ${seconds(took)}, failures included; answers ${JSON.stringify(way.answers)}`)
      // The same ids, so that a backend that has one recognizes the other.
      const others = [...fromFile].filter(([id, [span]]) => live.get(id)?.[0]?.spanID !== span?.spanID)
      expect(others).toEqual([])
    } finally {
      await way.close()
      await other.stop()
    }
  } finally {
    await proxy.close()
    await jaeger.stop()
    await rm(folder, { recursive: true })
  }
})

test('a Collector takes spans and histograms, and forwards all of them', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'perf-collector-'))
  const spanIds: string[] = []
  let counted = 0
  const backend = await listenLocally(
    createServer(async (request, response) => {
      const parts: Buffer[] = []
      for await (const part of request) parts.push(part as Buffer)
      const kind = request.url === '/v1/metrics' ? 'metrics' : 'spans'
      JSON.stringify(readOtlpProtobuf(gunzipSync(Buffer.concat(parts)), kind), (key, value) => {
        if (key === 'spans') spanIds.push(...(value as { spanId: string }[]).map(({ spanId }) => spanId))
        if (key === 'dataPoints') for (const { count = 0 } of value as { count?: string }[]) counted += Number(count)
        return value
      })
      response.end()
    }),
  )
  const collector = await startCollector(backend.url)
  try {
    const file = richSessionFile(10_000)
    await writeFile(join(folder, 'session.json'), JSON.stringify(file))
    const answer = await run(folder, 'send', '@session.json', '--endpoint', collector.endpoint)
    expect(answer).toMatchObject({ code: 0 })
    const ended = file.operations.filter(({ outcome }) => outcome !== 'pending').length
    // The session is a span too.
    await expect.poll(() => [new Set(spanIds).size, counted]).toEqual([file.operations.length + 1, ended])
    expect(spanIds).toHaveLength(file.operations.length + 1)
  } finally {
    await collector.stop()
    await backend.close()
    await rm(folder, { recursive: true })
  }
})
