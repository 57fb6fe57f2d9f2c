// Any world: all detectors, in the order of the catalogue in docs/insights.md.
import type { Detector } from './insight.ts'
import { chattyWebsocket } from './kinds/chatty-websocket.ts'
import { connectionQueue } from './kinds/connection-queue.ts'
import { connectionSetup } from './kinds/connection-setup.ts'
import { duplicateInFlight } from './kinds/duplicate-in-flight.ts'
import { failingRoute } from './kinds/failing-route.ts'
import { heapGrowth } from './kinds/heap-growth.ts'
import { largeResponse } from './kinds/large-response.ts'
import { longTaskAfterResponse } from './kinds/long-task-after-response.ts'
import { nPlusOne } from './kinds/n-plus-one.ts'
import { neverEnding } from './kinds/never-ending.ts'
import { pollTooOften } from './kinds/poll-too-often.ts'
import { preflightCost } from './kinds/preflight-cost.ts'
import { redirectChain } from './kinds/redirect-chain.ts'
import { repeatedGet } from './kinds/repeated-get.ts'
import { retryStorm } from './kinds/retry-storm.ts'
import { serialWaterfall } from './kinds/serial-waterfall.ts'
import { slowServer } from './kinds/slow-server.ts'
import { slowTail } from './kinds/slow-tail.ts'
import { slowerSince } from './kinds/slower-since.ts'
import { uncompressed } from './kinds/uncompressed.ts'
import { wastedAborts } from './kinds/wasted-aborts.ts'
import { workAfterLeaving } from './kinds/work-after-leaving.ts'

export const DETECTORS: readonly Detector[] = [
  nPlusOne,
  duplicateInFlight,
  repeatedGet,
  serialWaterfall,
  retryStorm,
  pollTooOften,
  slowTail,
  connectionQueue,
  slowServer,
  largeResponse,
  uncompressed,
  failingRoute,
  wastedAborts,
  preflightCost,
  longTaskAfterResponse,
  neverEnding,
  chattyWebsocket,
  connectionSetup,
  redirectChain,
  slowerSince,
  heapGrowth,
  workAfterLeaving,
]
