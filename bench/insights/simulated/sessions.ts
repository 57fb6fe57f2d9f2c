// Node: sessions of simulated apps, with planted problems and without.
import type { InsightKind } from '../../../model/insights/insight.ts'
import { INSIGHT_KINDS } from '../../../model/insights/insight.ts'
import type { Span } from '../../../model/insights/spans.ts'
import type { Label } from '../generator/problems.ts'
import { createRandom, type Random } from '../generator/random.ts'
import type { LabelledSession } from '../score.ts'
import { APPS, type App, useApp, World } from './apps.ts'
import type { Tab } from './browser.ts'
import { INNOCENT } from './innocent.ts'
import { PLANTED } from './planted.ts'

export interface Plan {
  seed: number
  app: App
  problems: readonly InsightKind[]
  innocents: readonly string[]
  tab?: Partial<Tab>
  /** Seconds beside what the problems need. */
  seconds?: number
}

export async function simulate({
  seed,
  app,
  problems,
  innocents,
  tab: wanted = {},
  seconds = 0,
}: Plan): Promise<LabelledSession> {
  const random = createRandom(seed)
  const world = new World(app, { ...tabOf(app, random), ...wanted }, random)
  const { browser } = world
  const possible = problems.filter(kind => PLANTED[kind].isPossible?.(world) ?? true)
  // A page that is left ends whatever else goes on in it.
  const planted = possible.includes('work-after-leaving') ? (['work-after-leaving'] as const) : possible
  const beside =
    planted[0] === 'work-after-leaving' ? [] : innocents.filter(name => name !== 'leaves' || planted.length === 0)
  const needed = Math.max(0, ...planted.map(kind => PLANTED[kind].seconds)) + random.between(4, 20) + seconds
  const end = needed * 1_000
  const labels: Label[] = []
  const kept: Span[] = []
  void useApp(world, end)
  void sampleHeap(world, end, (planted as readonly string[]).includes('heap-growth'))
  for (const name of beside)
    void begin(random.between(0, 0.7) * end, world, () => INNOCENT[name]?.(world, end) ?? Promise.resolve())
  for (const kind of planted) {
    const latest = end - PLANTED[kind].seconds * 1_000
    void begin(random.between(0.3, 1) * latest, world, async () => {
      const from = browser.now
      const { answers, savedMs } = await PLANTED[kind].plant(world)
      kept.push({ from, to: browser.now })
      labels.push({ kind, ids: answers.map(({ id }) => id), savedMs })
    })
  }
  await browser.time.run(end + 3_000)
  while (labels.length < planted.length) await browser.time.run(browser.now + 10_000)
  const from = random.between(0.2, 0.8) * end
  const gap = random.chance(0.12) ? { from, to: from + random.between(500, 3_000), kept } : undefined
  return {
    name: `${app.name} ${seed} [${planted.join(' ')}] ${innocents.join(' ')}`,
    suite: labels.length === 0 ? 'clean' : 'planted',
    labels,
    text: browser.text(gap),
  }
}

/** For each seed: each app with one to three problems of all kinds in turn, and each app without any. */
export async function* simulatedSessions(from: number, rounds: number): AsyncGenerator<LabelledSession> {
  for (let round = 0; round < rounds; round++) {
    const random = createRandom(from + round)
    const kinds = random.shuffled([...INSIGHT_KINDS, ...INSIGHT_KINDS])
    for (const [number, app] of APPS.entries()) {
      const seed = (from + round) * 100 + number
      for (let i = 0; i < 3; i++) {
        const problems = [...new Set(kinds.splice(0, random.integer(1, 3)))]
        if (kinds.length < 3) kinds.push(...random.shuffled(INSIGHT_KINDS))
        yield simulate({ seed: seed + i * 0.1 * 1e7, app, problems, innocents: someOf(random) })
      }
      for (let i = 0; i < 3; i++)
        yield simulate({
          seed: seed + (5 + i) * 1e6,
          app,
          problems: [],
          innocents: someOf(random),
          seconds: random.pick([10, 30, 60, 150, 400]),
        })
    }
    // A morning's work in one tab.
    const app = APPS[(from + round) % APPS.length] as App
    yield simulate({
      seed: (from + round) * 100 + 99,
      app,
      problems: [],
      innocents: Object.keys(INNOCENT),
      seconds: 3_600,
    })
  }
}

function someOf(random: Random): string[] {
  return random.shuffled(Object.keys(INNOCENT)).slice(0, random.integer(1, 9))
}

async function begin(at: number, { browser }: World, what: () => Promise<void>): Promise<void> {
  await browser.sleep(at)
  await what()
}

function tabOf({ page, protocol, client, framework }: App, random: Random): Tab {
  const isFirefox = random.chance(0.2)
  const devtoolsShare = isFirefox ? random.pick([0, 1]) : random.pick([1, 1, 1, 0.93, 0])
  return {
    page,
    protocol,
    roundTrip: page.includes('localhost') ? 1 : random.between(8, 90),
    bandwidth: random.between(800, 6_000),
    isFirefox,
    resolution: isFirefox ? 1 : 0.1,
    devtoolsShare,
    stacks: isFirefox
      ? random.pick(['none', 'page'])
      : devtoolsShare > 0.9
        ? 'devtools'
        : random.pick(['none', 'page']),
    allowsTiming: random.chance(0.6),
    client,
    framework,
  }
}

/** The heap, once a second: it grows until it is collected. */
async function sampleHeap({ browser, random }: World, end: number, leaks: boolean): Promise<void> {
  const base = random.between(12, 60) * 1e6
  const leak = leaks ? Math.max(8e6, base * 0.8) * random.between(1, 3) : 0
  let garbage = 0
  const nextLimit = (): number =>
    Math.max(random.between(4, 14) * 1e6, random.between(0.08, 0.3) * (base + (leak * browser.now) / end))
  let limit = nextLimit()
  const rate = limit / random.between(5, 16)
  // Caches fill at first.
  const caches = (): number => 3e6 * (1 - Math.exp(-browser.now / 15_000))
  while (browser.now < end + 2_000) {
    garbage += random.around(rate, 0.5)
    if (garbage > limit) {
      garbage = random.between(0, 0.4) * 1e6
      limit = nextLimit()
    }
    browser.sampleMemory(base + caches() + garbage + (leak * browser.now) / end)
    await browser.sleep(1_000)
  }
}
