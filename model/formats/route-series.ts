// Model: the operations of a session by route, kind and outcome, as metrics count them.
import type { Kind, Outcome } from '../../wire/operations.ts'
import { groupByRoute } from '../analysis/grouping.ts'
import { memoizeById } from '../analysis/memoize-by-id.ts'
import type { GroupId, Row } from '../numbers.ts'
import type { SessionModel } from '../session/session-model.ts'
import { StringTable } from '../session/string-table.ts'
import { timesOf } from './operation-times.ts'
import { wellFormed } from './otlp/otlp-types.ts'

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
  // As they are written: names that differ in halves of surrogate pairs only are the same text in UTF-8, and a series must not
  // be there twice.
  const routes = new StringTable()
  const routeOf = memoizeById(group => routes.add(wellFormed(grouping.nameOf(group as GroupId))))
  const known = new Map<string, RouteSeries<Counter>>()
  let count = 0
  for (const row of rows) {
    if (count++ % STEP === 0) yield
    const route = routeOf(grouping.groupOf(row))
    const [kind, outcome] = [operations.kindOf(row), operations.outcomeOf(row)]
    let key = `${route} ${kind} ${outcome}`
    const isOther = known.size >= MAX_SERIES && !known.has(key)
    if (isOther) key = `${kind} ${outcome}`
    let series = known.get(key)
    if (!series) {
      series = {
        route: isOther ? undefined : routes.get(route),
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
