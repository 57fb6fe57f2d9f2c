// Any world: the page of the documentation about insights, made of the rules and their constants.
import { MAX_DETAILS, MAX_MEMBERS } from './evidence.ts'
import { INSIGHT_KINDS } from './insight.ts'
import { ruleOf } from './rules.ts'

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
  are wasted. Nobody waits for what runs in the background or while the page is hidden, so it comes last.
- What is less than 100 ms, no failure and no waste is left out. One insight is given for each cause: where retries
  explain the failures of a route, only the retries are named.
- What the app's own team can't change stands apart, after all others: servers of other sites, and what only a server on this
  computer is like. How often the app's own code asks another site for something is not among it.
- Operations that were lost during that time lower the confidence by one step.
- Beacons, sockets, development servers' own requests and answers from a cache are left out where time is judged.

## What insights do not claim

Bodies are never read, so no insight knows whether two answers are equal, or whether a request needed an earlier answer.
Nothing is known of the server but how long it took. On localhost, statements about compression and connections are
possible at most. Of a route, the latest ${MAX_MEMBERS.toLocaleString('en')} operations are looked at: zoom in for earlier ones. Up to
${MAX_DETAILS.toLocaleString('en')} details are read; in a larger session, what only they say is judged from evenly spaced operations.
`

/** Judged by hand: whether what is stated is so, and whether the remedy would help. */
const REAL_APPLICATIONS = `## In real applications

Sessions of real applications (\`npm run realworld\`), and each insight judged by hand from the recording. An insight is false if what it states is not so, or if its remedy could not help.

| application                                 | operations | insight                                           | true | why                                                                                             |
| ------------------------------------------- | ---------: | ------------------------------------------------- | ---- | ----------------------------------------------------------------------------------------------- |
| Node-RED (editor, flows, reload)            |         72 | Same request twice: \`GET /plugins/messages\`      | yes  | the catalogue for \`en-US\` is fetched twice within 1 ms, on each load                            |
|                                             |            | Same request twice: \`GET /nodes/messages\`        | yes  | the same loader, 0.4 s later                                                                    |
| Verdaccio (search, packages, login)         |         17 | none                                              | yes  | search as one types has distinct URLs; a login that failed once is not a failing route          |
| Swagger UI (calls that succeed and fail)    |         11 | Answers that block the page: \`GET /slow\`         | yes  | a task starts 36, 15 and 9 ms after the answers; on that busy machine, tasks came elsewhere too|
| GraphiQL (queries, subscriptions)           |          7 | none                                              | yes  | each query was sent once, by hand                                                               |
| Socket.IO (polling, upgrade, reconnecting)  |         41 | none                                              | yes  | long polls that are held open, and sockets that the page itself closes                          |
| React Query (lists, search, retries, upload) |         40 | none                                              | yes  | six cancelled searches, three retries that succeed and three polls are below every threshold    |

Three insights in six applications, none of them false. Sessions of a few seconds show few problems, so this says little: what the rules find, and what they leave alone, is
measured on invented sessions.

## On invented sessions

\`npm run bench:insights -- --from 81000 --seeds 5\` plants problems in sessions of eleven kinds of apps, beside clean sessions that are full
of things that only look like a problem. There are two generators. The rules were written with the first one at hand. The
second one, which simulates a browser and eleven other apps, was written from the catalogue of problems alone. Of the first one's
530 sessions 290 were clean, of the second one's 335 sessions 175. Beside the rules stand the plain thresholds of other tools:

|                                             | rules               | plain thresholds | second generator: rules | plain thresholds |
| ------------------------------------------- | ------------------- | ---------------- | ----------------------- | ---------------- |
| recall                                      | 99.8% (413 of 414)  | 7.0% (29 of 414) | 99.7% (295 of 296)      | 7.4% (22 of 296) |
| precision                                   | 99.3% (413 of 416)  | 5.6% (29 of 519) | 99.0% (295 of 298)      | 2.5% (22 of 865) |
| clean sessions flagged as likely or certain | 1 of 290            | 90 of 290        | 0 of 175                | 74 of 175        |
| saved time within a factor of 2             | 100.0% (277 of 277) | 57.7% (15 of 26) | 100.0% (192 of 192)     | 59.1% (13 of 22) |

The clean session that was flagged has a user who clicks a slow tab again before it has answered, twice: the same request in
flight two times more than needed. Rules that the second generator showed to be wrong were corrected, as were sessions of
it that did not keep to the catalogue. Before, 7 of 208 clean sessions were flagged, and 93.4% of what was said was so (352 of
377). So neither generator is independent of the rules any more: real sessions are the test that counts.
`

export function insightsPage(): string {
  const rules = INSIGHT_KINDS.map(kind => {
    const { title, rule, guards } = ruleOf(kind)
    return `### ${title} (\`${kind}\`)\n\n${rule} ${guards}\n`
  })
  return `${INTRODUCTION}\n${REAL_APPLICATIONS}\n## The rules\n\n${rules.join('\n')}`
}
