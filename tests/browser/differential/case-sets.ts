// Test (Node): all the cases.
import type { CaseSet } from './case-set.ts'
import { connections } from './cases/connections.ts'
import { documents } from './cases/documents.ts'
import { fetchAborts } from './cases/fetch-aborts.ts'
import { fetchArguments } from './cases/fetch-arguments.ts'
import { fetchBodies } from './cases/fetch-bodies.ts'
import { fetchErrors } from './cases/fetch-errors.ts'
import { fetchOrder } from './cases/fetch-order.ts'
import { fetchWire } from './cases/fetch-wire.ts'
import { reports } from './cases/reports.ts'
import { shape } from './cases/shape.ts'
import { spies } from './cases/spies.ts'
import { timing } from './cases/timing.ts'
import { xhrCalls } from './cases/xhr-calls.ts'
import { xhrEvents } from './cases/xhr-events.ts'
import type { Place } from './lane.ts'

interface Placed {
  readonly where: Place
  readonly cases: CaseSet
}

const inFrames = (cases: CaseSet): Placed => ({ where: 'frame', cases })
const inPages = (cases: CaseSet): Placed => ({ where: 'page', cases })

export const CASE_SETS: Readonly<Record<string, Placed>> = {
  'the shape of the functions': inFrames(shape),
  'fetch: arguments': inFrames(fetchArguments),
  'fetch: errors': inFrames(fetchErrors),
  'fetch: aborts': inFrames(fetchAborts),
  'fetch: order and rejections': inFrames(fetchOrder),
  'fetch: bodies and streams': inFrames(fetchBodies),
  'fetch: the wire': inFrames(fetchWire),
  'XHR: events': inFrames(xhrEvents),
  'XHR: calls': inFrames(xhrCalls),
  'beacons, sockets and event sources': inFrames(connections),
  'other documents': inFrames(documents),
  'Resource Timing': inFrames(timing),
  'replaced builtins': inPages(spies),
  'reports of the browser': inPages(reports),
}
