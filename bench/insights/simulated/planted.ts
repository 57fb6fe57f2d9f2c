// Node: problems of each kind, and what they cost by the catalogue's definitions, computed from what really happened.
import type { InsightKind } from '../../../model/insights/insight.ts'
import { coveredBy } from '../../../model/insights/spans.ts'
import { median, sum } from '../../../model/statistics.ts'

import type { World } from './apps.ts'
import type { Answer } from './browser.ts'

interface Planted {
  /** Seconds of a session that it needs. */
  seconds: number
  isPossible?: (world: World) => boolean
  plant(world: World): Promise<Answers>
}

interface Answers {
  answers: Answer[]
  savedMs: number
}

const waited = (answers: readonly Answer[]): number =>
  coveredBy(answers.map(({ start, end }) => ({ from: start, to: end })))
const lengths = (answers: readonly Answer[]): number[] => answers.map(({ start, end }) => end - start)

async function series(count: number, each: (i: number) => Promise<Answer>): Promise<Answer[]> {
  const answers: Answer[] = []
  for (let i = 0; i < count; i++) answers.push(await each(i))
  return answers
}

const isHttp1 = ({ tab }: World): boolean => tab.protocol === 'http/1.1'
const isChrome = ({ tab }: World): boolean => !tab.isFirefox

export const PLANTED: Record<InsightKind, Planted> = {
  'n-plus-one': {
    seconds: 12,
    async plant(world) {
      const { app, random } = world
      const [noun, count, server] = [world.noun(), random.integer(8, 40), random.between(50, 160)]
      await world.get(world.path(noun), { from: ['loadAll', 'ListPage'], bytes: world.size(5_000) })
      const part = random.pick(['', '', '/price', '/summary'])
      const one = (): Promise<Answer> =>
        app.graphql
          ? world.send('/graphql', {
              graphql: `Get_${noun}`,
              from: ['loadOne', 'ListRow'],
              server,
              bytes: world.size(900),
            })
          : world.get(`${world.path(noun)}/${world.id()}${part}`, {
              from: ['loadOne', 'ListRow'],
              server,
              bytes: world.size(900),
            })
      const [isSerial, step] = [random.chance(0.5), random.between(0.1, 12)]
      const answers = isSerial
        ? await series(count, async () => {
            const answer = await one()
            await world.browser.sleep(random.between(0.2, 8))
            return answer
          })
        : await Promise.all(
            Array.from({ length: count }, async (_, i) => {
              await world.browser.sleep(i * step)
              return one()
            }),
          )
      return { answers, savedMs: waited(answers) - median(lengths(answers)) }
    },
  },
  'duplicate-in-flight': {
    seconds: 15,
    async plant(world) {
      const { random } = world
      const path = `${world.path(world.noun())}?view=${random.pick(['full', 'short'])}`
      const bytes = world.size(3_000)
      const answers = await series(random.integer(1, 3), async () => {
        const set = await Promise.all(
          Array.from({ length: random.integer(3, 6) }, async (_, i) => {
            await world.browser.sleep(i * random.between(0.2, 9))
            return world.get(path, { from: [`use_${i}`, `Widget${i}`], bytes, server: 120 })
          }),
        )
        await world.pause(3_000)
        return set as unknown as Answer
      })
      return { answers: answers.flat(), savedMs: 0 }
    },
  },
  'repeated-get': {
    seconds: 150,
    isPossible: world => world.knowsDetails,
    async plant(world) {
      const { random } = world
      const [path, bytes] = [
        `${world.path(world.noun())}/${random.pick(['options', 'filters', 'labels'])}`,
        world.size(5_000),
      ]
      const [server, pace] = [random.between(60, 250), random.between(1_500, 5_500)]
      const answers = await series(random.integer(7, 14), async () => {
        const answer = await world.get(path, { from: ['getOptions', 'Dialog', 'onClick'], bytes, server })
        await world.browser.sleep(random.around(pace, 0.7))
        return answer
      })
      return { answers, savedMs: sum(lengths(answers.slice(1))) }
    },
  },
  'serial-waterfall': {
    seconds: 12,
    async plant(world) {
      const { random } = world
      const server = random.between(150, 500)
      const answers = await series(random.integer(3, 7), async () => {
        const noun = world.noun()
        const answer = await world.get(world.path(noun), {
          from: [`fetch_${noun}`, 'loadWorkspace', 'onOpen'],
          server: random.around(server, 0.2),
          bytes: world.size(3_000),
        })
        await world.browser.sleep(random.between(0.1, 14))
        return answer
      })
      return { answers, savedMs: sum(lengths(answers)) - Math.max(...lengths(answers)) }
    },
  },
  'retry-storm': {
    seconds: 40,
    async plant(world) {
      const { random } = world
      const [path, gap] = [`${world.path(world.noun())}/${world.id()}`, random.pick([0, 50, 500, 1_000, 2_000])]
      const method = random.pick(['GET', 'GET', 'POST', 'PUT'])
      const status = random.pick([500, 502, 503, 504, 429, 408, 0])
      const answers = await series(random.integer(6, 14), async () => {
        const answer = await world.get(path, {
          method,
          from: ['push', 'retry'],
          bytes: 120,
          server: 90,
          ...(status === 0 ? { error: 'network' } : { status }),
        })
        await world.browser.sleep(gap + random.between(0.2, 15))
        return answer
      })
      return { answers, savedMs: waited(answers.slice(1)) }
    },
  },
  'poll-too-often': {
    seconds: 130,
    isPossible: world => world.knowsDetails,
    async plant(world) {
      const { random, browser } = world
      const [path, period] = [`${world.path(world.noun())}/unread`, random.between(500, 4_200)]
      const count = random.integer(20, 28)
      let bytes = world.size(700)
      const answers: Promise<Answer>[] = []
      for (let i = 0; i < count; i++) {
        if (i === 9 || i === 14) bytes += 30
        answers.push(world.get(path, { from: ['checkUnread', 'tick'], bytes, server: 60 }))
        await browser.timer(period)
      }
      return { answers: await Promise.all(answers), savedMs: 0 }
    },
  },
  'slow-tail': {
    seconds: 160,
    async plant(world) {
      const { random } = world
      const [noun, base, share] = [world.noun(), random.between(50, 130), random.between(0.09, 0.25)]
      const slow = base * random.between(8, 20) + 300
      const [pace, count] = [random.between(300, 1_200), random.integer(45, 110)]
      const isSlow = random.shuffled(Array.from({ length: count }, (_, i) => i < share * count))
      const answers = await series(count, async i => {
        const answer = await world.get(`${world.path(noun)}/lookup?key=${world.number()}`, {
          from: ['lookup', 'onSelect'],
          server: isSlow[i] ? random.around(slow, 0.25) : base,
        })
        await world.browser.sleep(random.around(pace, 0.7))
        return answer
      })
      const usual = median(lengths(answers))
      const late = answers.filter(({ start, end }) => end - start > usual * 3)
      return { answers: late, savedMs: sum(lengths(late).map(length => length - usual)) }
    },
  },
  'connection-queue': {
    seconds: 10,
    isPossible: world => isHttp1(world) && world.knowsDetails,
    async plant(world) {
      const { random } = world
      const server = random.between(300, 900)
      const all = await Promise.all(
        Array.from({ length: random.integer(13, 20) }, (_, i) => {
          const noun = world.noun()
          return world.get(`${world.path(noun)}/stats`, {
            from: [`draw_${noun}`, `Chart${i}`],
            server,
            bytes: world.size(2_000),
          })
        }),
      )
      const answers = all.filter(({ queued }) => queued > 100)
      return { answers, savedMs: coveredBy(answers.map(({ start, queued }) => ({ from: start, to: start + queued }))) }
    },
  },
  'slow-server': {
    seconds: 90,
    isPossible: world => world.knowsDetails,
    async plant(world) {
      const { random } = world
      const [noun, server] = [world.noun(), random.between(1_100, 3_500)]
      const answers = await series(random.integer(4, 9), async () => {
        const answer = await world.get(`${world.path(noun)}/forecast?day=${world.number()}`, {
          from: ['forecast', 'onSelect'],
          server,
        })
        await world.pause(2_500)
        return answer
      })
      return { answers, savedMs: sum(answers.map(({ wait }) => wait - 800)) }
    },
  },
  'large-response': {
    seconds: 60,
    isPossible: world => world.knowsDetails,
    async plant(world) {
      const { random } = world
      const [noun, receive, encoded] = [world.noun(), random.between(450, 1_500), random.between(700_000, 4_000_000)]
      const answers = await series(random.integer(3, 6), async () => {
        const answer = await world.get(`${world.path(noun)}?all=1&day=${world.number()}`, {
          from: ['loadEverything', 'Table'],
          bytes: Math.round(encoded / 0.22),
          ratio: 0.22,
          receive: random.around(receive, 0.15),
        })
        await world.pause(3_000)
        return answer
      })
      return { answers, savedMs: sum(answers.map(answer => answer.receive * (1 - 300_000 / answer.encoded))) }
    },
  },
  uncompressed: {
    seconds: 60,
    // DevTools says how large an answer was on the network, not decoded.
    isPossible: world => world.knowsTimings,
    async plant(world) {
      const { random } = world
      const [noun, bytes] = [world.noun(), random.between(80_000, 200_000)]
      const answers = await series(random.integer(5, 9), async () => {
        const answer = await world.get(`${world.path(noun)}?year=${world.number()}`, {
          from: ['loadYear', 'Archive'],
          bytes: world.size(bytes),
          ratio: 1,
          receive: random.around(80, 0.2),
        })
        await world.pause(2_500)
        return answer
      })
      return { answers, savedMs: sum(answers.map(({ receive }) => receive)) / 2 }
    },
  },
  'failing-route': {
    seconds: 60,
    async plant(world) {
      const { random } = world
      const [noun, status, share] = [world.noun(), random.pick([500, 403, 422, 502, 400]), random.between(0.3, 1)]
      const all = await series(random.integer(12, 18), async i => {
        const fails = i < 4 || random.chance(share)
        const answer = await world.get(`${world.path(noun)}/${world.id()}/approve`, {
          method: random.chance(0.5) ? 'POST' : 'POST',
          from: ['approve', 'onClick'],
          status: fails ? status : 200,
          bytes: 300,
        })
        await world.pause(1_800)
        return { ...answer, encoded: fails ? 1 : 0 }
      })
      return { answers: all.filter(({ encoded }) => encoded === 1), savedMs: 0 }
    },
  },
  'wasted-aborts': {
    seconds: 30,
    async plant(world) {
      const { random } = world
      const path = world.path(world.noun())
      const all: Promise<Answer & { isAborted: boolean }>[] = []
      for (let i = 0; i < random.integer(18, 40); i++) {
        world.browser.interact('keydown')
        const isAborted = i > 0 && random.chance(0.88)
        all.push(
          world
            .get(
              `${path}?q=${'a long sentence that somebody types into the field'.slice(0, i + 1).replaceAll(' ', '+')}`,
              { from: ['search', 'onInput'], server: 400, ...(isAborted ? { abort: random.between(60, 220) } : {}) },
            )
            .then(answer => ({ ...answer, isAborted })),
        )
        await world.browser.sleep(random.between(90, 260))
      }
      const answers = (await Promise.all(all)).filter(({ isAborted }) => isAborted)
      return { answers, savedMs: waited(answers) }
    },
  },
  'preflight-cost': {
    seconds: 50,
    isPossible: ({ tab }) => tab.devtoolsShare > 0,
    async plant(world) {
      const { random, browser } = world
      const paths = Array.from({ length: random.integer(1, 3) }, () => world.noun())
      let savedMs = 0
      const answers = await series(random.integer(10, 20), async () => {
        const start = browser.now
        const url = `https://core.example.com/v2/${random.pick(paths)}`
        const answer = await world.get(url, {
          method: random.pick(['PUT', 'POST', 'GET']),
          preflight: 'always',
          setup: 60,
          from: ['syncCore', 'onChange'],
          bytes: world.size(800),
        })
        savedMs += Math.max(0, browser.now - start - answer.wait - answer.receive - answer.queued - answer.setup - 1.5)
        await world.pause(1_500)
        return answer
      })
      return { answers, savedMs }
    },
  },
  'long-task-after-response': {
    seconds: 60,
    isPossible: isChrome,
    async plant(world) {
      const { random, browser } = world
      const noun = world.noun()
      let savedMs = 0
      const answers = await series(random.integer(5, 10), async () => {
        const answer = await world.get(`${world.path(noun)}/rows?from=${world.number()}`, {
          from: ['loadRows', 'Grid'],
          bytes: world.size(60_000),
        })
        await browser.sleep(random.between(0.5, 25))
        const task = random.between(120, 400)
        savedMs += task - 50
        await browser.block(task)
        await world.pause(2_500)
        return answer
      })
      return { answers, savedMs }
    },
  },
  'never-ending': {
    seconds: 45,
    async plant(world) {
      const noun = world.noun()
      await series(5, async () => {
        const answer = await world.get(`${world.path(noun)}/${world.id()}/state`, { from: ['loadState', 'Card'] })
        await world.pause(500)
        return answer
      })
      void world.get(`${world.path(noun)}/${world.id()}/state`, { from: ['loadState', 'Card'], server: 1e7 })
      return { answers: [], savedMs: 0 }
    },
  },
  'chatty-websocket': {
    seconds: 40,
    async plant(world) {
      const { random, browser } = world
      const [life, rate, size] = [random.between(13_000, 38_000), random.between(65, 300), random.between(20, 350)]
      const messages = Math.round((life / 1_000) * rate)
      const url = `wss://${new URL(world.app.page).host}/cursors`
      return { answers: [await browser.socket(url, life, messages, Math.round(messages * size))], savedMs: 0 }
    },
  },
  'connection-setup': {
    seconds: 10,
    isPossible: ({ tab }) => tab.allowsTiming || tab.devtoolsShare === 1,
    async plant(world) {
      const { random } = world
      const hosts = [
        'maps.example.com',
        'reviews.example.net',
        'weather.example.org',
        'pay.example.io',
        'faces.example.dev',
      ]
      const answers = await series(random.integer(3, 5), async i => {
        const answer = await world.get(`https://${hosts[i]}/v1/${world.noun()}`, {
          from: [`use_${i}`, 'Aside'],
          setup: random.between(130, 350),
          bytes: world.size(1_500),
        })
        await world.browser.sleep(random.between(100, 900))
        return answer
      })
      return { answers, savedMs: sum(answers.map(({ setup }) => setup)) }
    },
  },
  'redirect-chain': {
    seconds: 40,
    isPossible: world => world.knowsDetails,
    async plant(world) {
      const { random } = world
      const noun = world.noun()
      const redirect = random.between(60, 250)
      const answers = await series(random.integer(4, 9), async () => {
        const answer = await world.get(`${world.path(noun)}/old/${world.id()}`, { from: ['loadOld', 'Link'], redirect })
        await world.pause(1_800)
        return answer
      })
      return { answers, savedMs: sum(answers.map(answer => answer.redirect)) }
    },
  },
  'slower-since': {
    seconds: 170,
    async plant(world) {
      const { random } = world
      const [noun, count, base, factor] = [
        world.noun(),
        random.integer(110, 220),
        random.between(60, 160),
        random.between(2, 3.2),
      ]
      const split = Math.round(count * random.between(0.35, 0.65))
      const all = await series(count, async i => {
        const answer = await world.get(`${world.path(noun)}/quote?of=${world.number()}`, {
          from: ['quote', 'onSelect'],
          server: random.around(i < split ? base : base * factor, 0.25),
        })
        await world.browser.sleep(random.around(350, 0.7))
        return answer
      })
      const [before, answers] = [median(lengths(all.slice(0, split))), all.slice(split)]
      return { answers, savedMs: sum(lengths(answers).map(length => length - before)) }
    },
  },
  // The heap of the whole session: see sessions.ts.
  'heap-growth': { seconds: 200, isPossible: isChrome, plant: async () => ({ answers: [], savedMs: 0 }) },
  'work-after-leaving': {
    seconds: 15,
    async plant(world) {
      const { random, browser, app } = world
      const answers: Answer[] = []
      const nouns = Array.from({ length: random.integer(7, 14) }, () => world.noun())
      for (const noun of nouns)
        void world
          .get(world.path(noun), { from: [`prefetch_${noun}`, 'Home'], server: 30_000 })
          .then(answer => answers.push(answer))
      await browser.sleep(random.between(5, 900))
      browser.openDocument(app.page, 'navigate')
      await world.get(world.path('session'), { from: ['restoreSession', 'start'] })
      return { answers: [], savedMs: 0 }
    },
  },
}
