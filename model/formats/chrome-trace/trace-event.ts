// Model: an event of a trace, each field of its type.
import { membersOf, numberOf } from '../har/clean-entry.ts'
import { invalid } from '../session/import-error.ts'

/** What messages call the file. */
export const WHAT = 'trace of Chrome'

/** What every event has. Times are microseconds. */
export interface TraceEvent {
  name: string
  cat: string
  ph: string
  pid: number
  tid: number
  ts: number
  dur: number
  id: string
  args: Record<string, unknown>
  data: Record<string, unknown>
}

/** Undefined for an event that has no name or time: it says nothing that is read. */
export function eventOf(value: unknown, i: number): TraceEvent | undefined {
  const event = membersOf(value)
  if (!event) throw invalid(`traceEvents[${i}] must be an object`, WHAT)
  const { name, cat, ph } = event
  if (typeof name !== 'string' || typeof ph !== 'string') return undefined
  const number = (each: unknown): number => numberOf(each, Number.MAX_SAFE_INTEGER) ?? 0
  const args = membersOf(event.args) ?? {}
  const local = membersOf(event.id2)?.local ?? event.id
  return {
    name,
    cat: typeof cat === 'string' ? cat : '',
    ph,
    pid: number(event.pid),
    tid: number(event.tid),
    ts: number(event.ts),
    dur: number(event.dur),
    id: typeof local === 'string' || typeof local === 'number' ? `${local}` : '',
    args,
    data: membersOf(args.data) ?? {},
  }
}
