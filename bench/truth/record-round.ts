// Node. One run of all planned requests, in all logs.
import { waitUntil } from '../../scripts/wait-until.ts'
import { followProtocol } from '../harness/protocol-log.ts'
import type { TruthPage } from './page-script.ts'
import { type Pairing, pairUp } from './pair-up.ts'
import type { RecordedPage } from './recorded-page.ts'
import { planRequests } from './request-plan.ts'
import type { TruthServerClient } from './server-client.ts'

/** Milliseconds after which all ends have been reported. */
const END_TIMEOUT = 20_000

export async function recordRound(
  { page, exportSession }: RecordedPage,
  { origin, served }: TruthServerClient,
  round: number,
  concurrency: number,
): Promise<Pairing & { wrong: number; pending: number }> {
  const planned = planRequests(origin, origin.replace('127.0.0.1', 'localhost'), round)
  const urls = new Set(planned.map(({ url }) => url))
  const protocol = await followProtocol(page)
  const observed = await page.evaluate(
    ([requests, lanes]) => (globalThis as unknown as TruthPage).runTruth(requests, lanes),
    [planned, concurrency] as const,
  )
  const recorded = async () => (await exportSession()).operations.filter(({ http }) => urls.has(http?.url ?? ''))
  await waitUntil(
    'all requests to have an end',
    async () => {
      const operations = await recorded()
      const ended = operations.every(({ outcome, http }) => outcome !== 'pending' && http?.devtools !== undefined)
      return operations.length >= planned.length && ended
    },
    END_TIMEOUT,
  ).catch((error: Error) => console.error(error.message))
  const pairing = pairUp({
    planned,
    operations: await recorded(),
    observed,
    logged: protocol.requests,
    served: await served(),
  })
  await protocol.stop()
  return {
    ...pairing,
    wrong: pairing.pairs.filter(pair => pair.ours.outcome !== 'pending' && pair.ours.outcome !== pair.planned.ends)
      .length,
    pending: pairing.pairs.filter(({ ours }) => ours.outcome === 'pending').length,
  }
}
