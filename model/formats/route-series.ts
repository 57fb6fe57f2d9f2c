// Model: the operations of a session by route, kind and outcome, as metrics count them.
import type { Kind, Outcome } from '../../wire/operations.ts'
import { groupByRoute } from '../analysis/grouping.ts'
import type { Row } from '../numbers.ts'
import type { SessionModel } from '../session/session-model.ts'
import { timesOf } from './operation-times.ts'

/** Further series are counted together: what stores metrics keeps each of them in memory, and a page chooses the names. */
const MAX_SERIES = 2_000
/** Operations between two `yield`s. */
const STEP = 4_096

/** What counts durations. Seconds, as both metrics formats have them. */
export interface DurationCounter {
  record(seconds: number): void
}

export interface RouteSeries<Counter> {
  /** Undefined for the operations of all series beyond `MAX_SERIES`. */
  route: string | undefined
  kind: Kind
  /** Of a request, if all of the series have the same. */
  method: string | undefined
  outcome: Outcome
  count: number
  /** Of those with an end. */
  durations: Counter
}

/** In steps that take a few milliseconds. */
export function* routeSeries<Counter extends DurationCounter>(
  session: SessionModel,
  createCounter: () => Counter,
  rows: Iterable<Row> = allRows(session),
): Generator<void, RouteSeries<Counter>[]> {
  const { operations } = session
  const grouping = groupByRoute(operations)
  const known = new Map<string, RouteSeries<Counter>>()
  let count = 0
  for (const row of rows) {
    if (count++ % STEP === 0) yield
    const group = grouping.groupOf(row)
    const [kind, outcome] = [operations.kindOf(row), operations.outcomeOf(row)]
    let key = `${group} ${kind} ${outcome}`
    const isOther = known.size >= MAX_SERIES && !known.has(key)
    if (isOther) key = `${kind} ${outcome}`
    let series = known.get(key)
    if (!series) {
      series = {
        route: isOther ? undefined : grouping.nameOf(group),
        kind,
        method: operations.requests.methodOf(row),
        outcome,
        count: 0,
        durations: createCounter(),
      }
      known.set(key, series)
    }
    series.count++
    if (series.method !== operations.requests.methodOf(row)) series.method = undefined
    if (outcome !== 'pending') series.durations.record(timesOf(session, row).total / 1_000)
  }
  return [...known.values()]
}

function* allRows({ operations: { order } }: SessionModel): Generator<Row, void> {
  for (let position = 0; position < order.length; position++) yield order.row(position)
}
