// Test: sessions whose requests take exactly as long as the test says.
import { AppSession, type AppTraits, type RequestSpec } from '../../../../bench/insights/generator/app-session.ts'
import { createRandom } from '../../../../bench/insights/generator/random.ts'
import { type Claim, claimsOf, openText } from '../../../../bench/insights/score.ts'
import type { InsightKind } from '../../../../model/insights/insight.ts'

const TRAITS: AppTraits = {
  name: 'test',
  origin: 'https://test.example',
  api: 'https://test.example',
  protocol: 'h2',
  roundTrip: 10,
  serverMs: 50,
  bandwidth: 1_000,
  kind: 'fetch',
  hasStacks: true,
  hasTimings: true,
  onlyDevtools: false,
  client: ['request'],
  framework: [],
  knowsHeaders: true,
  version: 2,
}

export function inventedSession(traits: Partial<AppTraits> = {}): AppSession {
  return new AppSession({ ...TRAITS, ...traits }, createRandom(1))
}

/** Asks for each path in turn, `gap` milliseconds from start to start, or after the end where it is negative. */
export function ask(
  session: AppSession,
  at: number,
  count: number,
  gap: number,
  spec: (i: number) => Omit<RequestSpec, 'site'> & { site?: readonly string[] },
): number {
  for (let i = 0; i < count; i++) {
    const { end } = session.request(at, { site: ['load', 'view'], server: 60, size: 1_000, queued: 1, ...spec(i) })
    at = gap < 0 ? end - gap : at + gap
  }
  return at
}

export async function claims(session: AppSession, kind?: InsightKind): Promise<Claim[]> {
  const all = claimsOf(await openText(session.text()))
  return kind ? all.filter(each => each.kind === kind) : all
}
