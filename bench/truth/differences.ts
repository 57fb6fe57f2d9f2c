// Node. How far each of our figures is from each reference.
import type { Paired } from './pair-up.ts'

export interface Difference {
  figure: string
  reference: 'page' | 'protocol' | 'server' | 'devtools'
  unit: 'ms' | 'bytes' | ''
  /** What is not is printed to show where a difference comes from. */
  promised: boolean
  /** Ours less the reference's, for each request for which both have the figure. */
  values: { n: number; difference: number }[]
}

type Figure = [
  name: Difference['figure'],
  reference: Difference['reference'],
  unit: Difference['unit'],
  ours: (pair: Paired) => number | undefined,
  theirs: (pair: Paired) => number | undefined,
]

const minus = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || b === undefined ? undefined : a - b

const ourHeaders = ({ ours }: Paired): number | undefined => ours.http?.headersDuration

/** Only where there was a response. */
const ourBody = ({ ours }: Paired): number | undefined => (ours.http?.status === undefined ? undefined : ours.duration)

const PROMISED: Figure[] = [
  ['headersDuration', 'protocol', 'ms', ourHeaders, p => (p.logged?.status ? p.logged.headers : undefined)],
  ['headersDuration', 'server', 'ms', ourHeaders, headersAtServer],
  ['duration', 'protocol', 'ms', p => p.ours.duration, p => p.logged?.end],
  ['duration', 'server', 'ms', ourBody, bodyEndedAtServer],
  ['wait', 'protocol', 'ms', p => p.ours.http?.phases?.wait, p => p.logged?.phases.wait],
  ['wait', 'server', 'ms', p => p.ours.http?.phases?.wait, waitAtServer],
  ['receive', 'protocol', 'ms', p => p.ours.http?.phases?.receive, p => p.logged?.phases.receive],
  ['receive', 'server', 'ms', p => p.ours.http?.phases?.receive, receiveAtServer],
  ['redirect + queued', 'protocol', 'ms', beforeSending, p => p.logged?.phases.queued],
  ['dns', 'protocol', 'ms', p => p.ours.http?.phases?.dns, p => p.logged?.phases.dns],
  ['connect', 'protocol', 'ms', p => p.ours.http?.phases?.connect, p => p.logged?.phases.connect],
  ['status', 'protocol', '', p => p.ours.http?.status, p => p.logged?.status],
  ['encodedBodySize', 'server', 'bytes', p => p.ours.http?.encodedBodySize, p => p.served?.bytes || undefined],
  ['decodedBodySize', 'server', 'bytes', p => p.ours.http?.decodedBodySize, p => p.planned.size],
  ['transferSize', 'protocol', 'bytes', p => p.ours.http?.transferSize, p => p.logged?.transferSize],
]

/**
 * A page reads its clock when its thread gets to it. What the browser's own log differs from the server by is the
 * machine's: no figure made in the browser can be nearer.
 */
const REPORTED: Figure[] = [
  ['headersDuration', 'page', 'ms', ourHeaders, settlement],
  ['duration', 'page', 'ms', ourBody, p => minus(p.observed.bodyEnded, p.observed.start)],
  ['headersDuration in the protocol log', 'server', 'ms', p => p.logged?.headers, headersAtServer],
  ['duration in the protocol log', 'server', 'ms', p => p.logged?.end, bodyEndedAtServer],
  ['wait in the protocol log', 'server', 'ms', p => p.logged?.phases.wait, waitAtServer],
  ['receive in the protocol log', 'server', 'ms', p => p.logged?.phases.receive, receiveAtServer],
  ['start (clocks)', 'devtools', 'ms', p => p.ours.startTime, devtoolsStart],
]

export const differencesOf = (pairs: readonly Paired[]): Difference[] => [
  ...compare(PROMISED, true, pairs),
  ...compare(REPORTED, false, pairs),
]

function compare(figures: readonly Figure[], promised: boolean, pairs: readonly Paired[]): Difference[] {
  return figures.map(([figure, reference, unit, ours, theirs]) => ({
    figure,
    reference,
    unit,
    promised,
    values: pairs.flatMap(pair => {
      const difference = minus(ours(pair), theirs(pair))
      return difference === undefined ? [] : [{ n: pair.planned.n, difference }]
    }),
  }))
}

/** Phases of ours that are below 0. */
export function negativePhases(pairs: readonly Paired[]): number {
  let found = 0
  for (const { ours } of pairs) {
    const { phases = {}, devtools } = ours.http ?? {}
    for (const value of Object.values({ ...devtools?.phases, ...phases })) if (value < 0) found++
  }
  return found
}

/** Chromium tells a page of an XHR's headers only with the first of its body (`readyState` 2 comes with 3). */
function settlement({ planned, observed }: Paired): number | undefined {
  return planned.api === 'fetch' ? observed.settled - observed.start : undefined
}

function beforeSending({ ours }: Paired): number | undefined {
  const { redirect = 0, queued } = ours.http?.phases ?? {}
  return queued === undefined ? undefined : redirect + queued
}

/** After a redirect DevTools tells the last request's start. */
function devtoolsStart({ planned, ours }: Paired): number | undefined {
  return planned.url.includes('redirect') ? undefined : ours.http?.devtools?.startTime
}

/** What is aborted ends before the headers. */
function headersAtServer({ planned, served, logged }: Paired): number | undefined {
  return planned.ends === 'cancelled' ? undefined : minus(served?.headersSent, logged?.start)
}

/** A body that nobody reads is not sent to its end. */
function bodyEndedAtServer({ planned, served, logged }: Paired): number | undefined {
  return planned.read ? minus(served?.bodyEnded, logged?.start) : undefined
}

function waitAtServer({ served }: Paired): number | undefined {
  return minus(served?.headersSent, served?.received)
}

function receiveAtServer({ planned, served }: Paired): number | undefined {
  return planned.read ? minus(served?.bodyEnded, served?.headersSent) : undefined
}
