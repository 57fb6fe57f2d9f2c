// Any world: the page of the documentation about insights, made of the rules and their constants.
import { DETECTORS } from './detectors.ts'
import type { InsightKind } from './insight.ts'

const INTRODUCTION = `# Insights

Insights say what to fix first in a recorded session, up to how much it would save, and how sure that is. They are
computed from the session alone: in the tab, and by \`npx perf-devtools insights FILE\`.

This page is written by \`npx tsx scripts/insights-docs.ts\` from the constants in \`model/insights\`.

## How to read one

- **Saved** is an upper bound, said as "up to". Savings of several insights can't be added up: what two of them would
  save both is marked as part of the first.
- **Certain**: the fact that is stated is in the data. **Likely**: the fact is, and the remedy follows unless something
  that was not recorded forbids it. **Possible**: one fact that it depends on is missing.
- Failures come first, then the time that a user would wait less, weighted by confidence, then requests and bytes that
  are wasted. Nobody waits for what runs in the background, so it comes last.
- What is less than 100 ms, no failure and no waste is left out. One insight is given for each cause: where retries
  explain the failures of a route, only the retries are named.
- Operations that were lost during that time lower the confidence by one step.
- Beacons, sockets, development servers' own requests and answers from a cache are left out where time is judged.

## What insights do not claim

Bodies are never read, so no insight knows whether two answers are equal, or whether a request needed an earlier answer.
Nothing is known of the server but how long it took. On localhost, statements about compression and connections are
possible at most. In a session of more than 50,000 requests, durations end where the recording says, which may be
before the body, and up to 30,000 details are read: the rest is judged from evenly spaced operations.
`

/** What keeps a rule silent, beside its thresholds. */
const GUARDS: Record<InsightKind, string> = {
  'n-plus-one':
    'Files, map tiles, pictures, pages of a list, prefetching and bodies that are what a page is about do not count. The same holds for an operation of the app that starts one operation for each item.',
  'duplicate-in-flight': 'The order of parameters, and parameters that only keep caches away, make no difference.',
  'repeated-get': 'Timers are the rule `poll-too-often`; requests that the server holds open are long polls.',
  'serial-waterfall':
    'An id that no earlier URL of the chain nor the page has may come from an answer. Signing in, a session or a configuration comes first whatever it is for. A write in between, groups of requests that follow each other, and pages of one route are no chain.',
  'retry-storm':
    'Pauses that grow, up to some limit or without, are a back-off. What an extension blocks is the user’s doing.',
  'poll-too-often': 'A job that is watched until it is done, and a request that the server holds open, do not count.',
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
  'slower-since': 'A rise that does not last does not count.',
  'heap-growth': 'Caches that have filled do not grow on. Each document is looked at by itself.',
  'work-after-leaving': 'Beacons do not count, nor do requests that were answered in time.',
}

export function insightsPage(): string {
  const rules = DETECTORS.map(({ kind, title, rule }) => `### ${title} (\`${kind}\`)\n\n${rule} ${GUARDS[kind]}\n`)
  return `${INTRODUCTION}\n## The rules\n\n${rules.join('\n')}`
}
