// Any world: the rule of each kind in words, as the documentation and the tab show it.
import { DETECTORS } from './detectors.ts'
import type { InsightKind } from './insight.ts'
import { LONGEST_SPELL, MIN_FOR_SPELLS } from './kinds/slower-since.ts'

export interface Rule {
  /** A heading: a few words. */
  title: string
  /** With its thresholds. */
  rule: string
  /** What keeps it silent, beside its thresholds. */
  guards: string
}

export function ruleOf(kind: InsightKind): Rule {
  const { title = kind, rule = '' } = DETECTORS.find(detector => detector.kind === kind) ?? {}
  return { title, rule, guards: GUARDS[kind] }
}

/** What keeps a rule silent, beside its thresholds. */
const GUARDS: Record<InsightKind, string> = {
  'n-plus-one':
    'Files, map tiles, pictures, pages of a list, prefetching and bodies that are what a page is about do not count. The same holds for an operation of the app that starts one operation for each item.',
  'duplicate-in-flight': 'The order of parameters, and parameters that only keep caches away, make no difference.',
  'repeated-get': 'Timers are the rule `poll-too-often`; requests that the server holds open are long polls.',
  'serial-waterfall':
    'An id that no earlier URL of the chain nor the page has may come from an answer. Signing in, a session or a configuration comes first whatever it is for. A write in between, groups of requests that follow each other, and pages of one route are no chain.',
  'retry-storm':
    'Pauses that grow, up to some limit or without, are a back-off. What an extension blocks is the user’s doing; another site that refuses at once looks the same.',
  'poll-too-often':
    'A job that is watched until it is done, a request that the server holds open, and words that somebody types do not count.',
  'slow-tail': 'What a connection, a busy page, a cache or the size of the answer explains does not count.',
  'connection-queue': 'A busy page and a service worker look the same, and do not count.',
  'slow-server':
    'Long polls and writes do not count. Where all routes of an origin are slow the network is, and nothing is said.',
  'large-response': 'Files and media, downloads, and streams, which come as slowly as they are made, do not count.',
  uncompressed: 'Files of users, media and assets do not count. On localhost it is possible at most.',
  'failing-route':
    'A client that retries with growing pauses until it succeeds has not failed. HEAD requests that are answered by 404 ask whether something exists.',
  'wasted-aborts': 'A type-ahead that works as it should cancels fewer.',
  'preflight-cost': 'The first preflight for a URL cannot be saved by caching.',
  'long-task-after-response':
    'A task belongs to one route: to the one that such tasks follow most regularly. The first second of a page does not count.',
  'never-ending':
    'A body that is still received is a stream. What a page left behind is the rule `work-after-leaving`.',
  'chatty-websocket': 'What such messages hold is not known: sound and pictures are larger.',
  'connection-setup':
    'The page’s own origin, and connections that were closed after a minute without use, do not count.',
  'redirect-chain': 'A login that redirects once does not count.',
  'slower-since': `A rise that does not last does not count. In fewer than ${MIN_FOR_SPELLS} operations, nor do slow spells that come and go; with ${LONGEST_SPELL} or fewer before or after the change it is possible at most.`,
  'heap-growth': 'Caches that have filled do not grow on. Each document is looked at by itself.',
  'work-after-leaving': 'Beacons do not count, nor do requests that were answered in time.',
}
