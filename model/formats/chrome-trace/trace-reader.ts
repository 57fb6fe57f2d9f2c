// Model: reads a trace that Chrome's Performance panel saved, and emits it in the parts of a session: its network requests,
// user timings, navigations, long tasks and the heap's size. Events come in no order, so parts are emitted at the end.
import { redactUrl } from '../../../wire/redact-url.ts'
import { hostOf } from '../../../wire/short-url.ts'
import { truncate } from '../../../wire/truncate.ts'
import type { DocumentNumber } from '../../numbers.ts'
import { membersOf, numberOf, textOf } from '../har/clean-entry.ts'
import { harDate, parseHarDate } from '../har/har-date.ts'
import { FoundOperations, foundDocument } from '../other-file.ts'
import { ImportError, invalid } from '../session/import-error.ts'
import { type ImportPart, sections } from '../session/import-part.ts'
import { createJsonSplitter } from '../session/json-splitter.ts'
import type { FileReader } from '../session/session-reader.ts'
import { eventOf, WHAT } from './trace-event.ts'
import { operationOfRequest, TraceRequests } from './trace-requests.ts'
import { TraceTimings } from './trace-timings.ts'

/** Bytes of an event or of the metadata: those hold the page's source maps. */
const MAX_PIECE_BYTES = 100_000_000
/** Samples, tasks and navigations that are kept. */
const MAX_KEPT = 1_000_000
/** Microseconds from which a task is a long one: https://w3c.github.io/longtasks/#sec-terminology */
const LONG_TASK = 50_000
/** When a trace without a date is said to have begun: epoch milliseconds. */
const UNKNOWN_START = Date.UTC(2000, 0, 1)
/** Milliseconds: Chrome writes microseconds. */
const CLOCK_RESOLUTION = 0.001

export function createTraceReader(emit: (part: ImportPart) => void): FileReader {
  const seen = new Set<string>()
  const requests = new TraceRequests()
  const timings = new TraceTimings()
  const samples: { pid: number; ts: number; used: number }[] = []
  const tasks: { pid: number; ts: number; dur: number }[] = []
  const navigations: { ts: number; url: string }[] = []
  let startTime: number | undefined
  let startedAt: number | undefined
  let earliest = Number.POSITIVE_INFINITY
  let pageUrl = ''
  let mainPid: number | undefined

  const keep = <T>(list: T[], item: T): void => {
    if (list.length === MAX_KEPT) throw new ImportError(`has more than ${MAX_KEPT} samples or tasks`)
    list.push(item)
  }

  const readEvent = (value: unknown, i: number): void => {
    const event = eventOf(value, i)
    if (!event) return
    const { name, ph, pid, ts, dur, data, args } = event
    if (ph !== 'M' && ts > 0) earliest = Math.min(earliest, ts)
    if (name === 'TracingStartedInBrowser') {
      startedAt = ts
      const frames = Array.isArray(data.frames) ? data.frames : []
      const main = frames.map(membersOf).find(frame => frame?.isOutermostMainFrame === true) ?? membersOf(frames[0])
      pageUrl = redactUrl(textOf(main?.url, 100_000) ?? '')
      mainPid = numberOf(main?.processId, Number.MAX_SAFE_INTEGER)
    } else if (name === 'UpdateCounters') {
      const used = numberOf(data.jsHeapSizeUsed, Number.MAX_SAFE_INTEGER)
      if (used !== undefined) keep(samples, { pid, ts, used })
    } else if (name === 'RunTask' && ph === 'X' && dur >= LONG_TASK) keep(tasks, { pid, ts, dur })
    else if (name === 'navigationStart') {
      const url = textOf(data.documentLoaderURL, 100_000)
      if (url && data.isLoadingMainFrame === true && data.isOutermostMainFrame !== false) {
        keep(navigations, { ts, url: redactUrl(url) })
      }
    } else if (event.cat.includes('blink.user_timing')) timings.add(event, args)
    else requests.add(event)
  }

  const readValue = (name: string, text: string): void => {
    once(seen, name)
    if (name === 'traceEvents') throw invalid('traceEvents must be an array', WHAT)
    if (name !== 'metadata') return
    const start = textOf(membersOf(parse(name, text))?.startTime)
    const parsed = start === undefined ? Number.NaN : parseHarDate(start)
    if (parsed > 0) startTime = parsed
  }

  const splitter = createJsonSplitter(
    {
      onValue: readValue,
      onRows(name, first, text) {
        if (first === 0) once(seen, name)
        if (name !== 'traceEvents') return
        for (const [i, event] of parseRows(name, first, text).entries()) readEvent(event, first + i)
      },
    },
    { maxPieceBytes: MAX_PIECE_BYTES },
  )

  return {
    again: () => undefined,
    add: splitter.add,
    end() {
      splitter.end()
      if (!seen.has('traceEvents')) throw invalid('traceEvents is missing', WHAT)
      const zero = Math.min(startedAt ?? Number.POSITIVE_INFINITY, earliest)
      const epoch = startTime ?? UNKNOWN_START
      const at = (ts: number): number => Math.min(8.64e15, Math.max(1, epoch + (ts - zero) / 1_000))
      const host = hostOf(pageUrl)
      const found = [
        ...requests.all().map(request => operationOfRequest(request, at, host)),
        ...timings.all().map(timing => timing(at)),
      ]
      const operations = found.flatMap(each => ('operation' in each ? [each.operation] : []))
      const others = found.flatMap(each => ('request' in each ? [each.request] : []))
      if (operations.length + others.length + samples.length === 0) {
        throw invalid('it holds no network request, user timing or memory sample of Chrome', WHAT)
      }
      const own = <T extends { pid: number; ts: number }>(list: readonly T[]): T[] =>
        list.filter(({ pid }) => mainPid === undefined || pid === mainPid).sort((a, b) => a.ts - b.ts)
      const document = 0 as DocumentNumber
      emit({ type: 'createdAt', time: at(zero) })
      const facts = { title: '', timeOrigin: at(zero), clockResolution: CLOCK_RESOLUTION }
      emit({ type: 'documents', documents: [foundDocument({ id: '1', url: pageUrl, ...facts, hasMemory: true })] })
      const counted = new FoundOperations()
      for (const section of sections(operations.sort((a, b) => a.start - b.start))) emit(counted.part(section))
      for (const requests of sections(others.sort((a, b) => a.startTime - b.startTime))) {
        emit({ type: 'networkRequests', requests })
      }
      for (const section of sections(own(samples))) {
        const shown = section.map(({ ts, used }) => {
          // How much is allocated and allowed is not in a trace, and a sample has to say it.
          const sizes = { usedJSHeapSize: used, totalJSHeapSize: used, jsHeapSizeLimit: used }
          return { document, sample: { time: at(ts), ...sizes, source: 'performance.memory' as const } }
        })
        emit({ type: 'memory', samples: shown })
      }
      for (const section of sections(navigations.sort((a, b) => a.ts - b.ts))) {
        const fixed = { type: 'navigation' as const, navigationType: 'navigate', documentId: '1' }
        const shown = section.map(({ ts, url }) => ({ time: at(ts), url, ...fixed }))
        emit({ type: 'marks', navigations: shown, longTasks: [] })
      }
      for (const section of sections(own(tasks))) {
        const longTasks = section.map(({ ts, dur }) => ({ document, task: { start: at(ts), duration: dur / 1_000 } }))
        emit({ type: 'marks', navigations: [], longTasks })
      }
      emit(
        counted.head('chrome-trace', {
          generator: { name: 'Chrome DevTools', version: '?' },
          createdAt: harDate(at(zero)),
          page: { url: pageUrl, title: '', userAgent: '' },
          availability: { memory: samples.length > 0 ? 'performance.memory' : 'not available' },
        }),
      )
    },
  }
}

function once(seen: Set<string>, name: string): void {
  if (seen.has(name)) throw invalid(`${truncate(name, 100)} appears twice`, WHAT)
  seen.add(name)
}

function parse(name: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw invalid(`${truncate(name, 100)} isn't JSON`, WHAT)
  }
}

function parseRows(list: string, first: number, text: string): unknown[] {
  try {
    return JSON.parse(`[${text}]`) as unknown[]
  } catch {
    throw invalid(`${list} isn't JSON, from its row ${first} on`, WHAT)
  }
}
