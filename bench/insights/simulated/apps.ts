// Node: eleven apps, and what a user does in each of them all the time.
import type { Random } from '../generator/random.ts'
import { type Answer, type Ask, Browser, type Tab } from './browser.ts'

export interface App {
  name: string
  page: string
  api: string
  ids: 'number' | 'uuid' | 'slug'
  kind: 'fetch' | 'xhr'
  protocol: Tab['protocol']
  server: number
  client: readonly string[]
  framework: readonly string[]
  /** Reads by GraphQL. */
  graphql?: true
  /** What happens beside the screens that are opened, again and again. */
  habit: (world: World) => Promise<void>
}

const REACT = ['commitHookEffectListMount', 'flushPassiveEffects', 'workLoop']
const VUE = ['callWithErrorHandling', 'flushJobs']
const NONE: string[] = []

export const APPS: readonly App[] = [
  {
    name: 'shop',
    page: 'https://shop.example/',
    api: 'https://shop.example/api',
    ids: 'number',
    kind: 'fetch',
    protocol: 'h2',
    server: 60,
    client: ['apiFetch'],
    framework: REACT,
    habit: async world => {
      await world.get('/api/cart', {
        from: ['refreshCart', 'CartBadge'],
        bytes: world.size(900),
        cached: world.random.chance(0.5),
      })
      await world.pause(9_000)
    },
  },
  {
    name: 'mail',
    page: 'https://mail.example/u/0',
    api: 'https://api.mail.example/v1',
    ids: 'uuid',
    kind: 'xhr',
    protocol: 'h2',
    server: 80,
    client: ['send', 'Transport.call'],
    framework: NONE,
    // A long poll: the server answers when there is news.
    habit: async world => {
      const held = world.random.between(4_000, 25_000)
      await world.get('/v1/events/next', { from: ['listen', 'Sync.start'], server: held, bytes: world.size(300) })
      await world.browser.sleep(world.random.between(2, 30))
    },
  },
  {
    name: 'map',
    page: 'https://map.example/',
    api: 'https://map.example/api',
    ids: 'number',
    kind: 'fetch',
    protocol: 'h2',
    server: 30,
    client: NONE,
    framework: ['requestAnimationFrame'],
    // The map is moved: a dozen of tiles each time.
    habit: async world => {
      const { random } = world
      const [zoom, x, y] = [random.integer(8, 16), random.integer(100, 60_000), random.integer(100, 40_000)]
      const tiles = Array.from({ length: random.integer(6, 16) }, (_, i) =>
        world.get(
          `https://tiles.map.example/${zoom}/${x + (i % 4)}/${y + Math.floor(i / 4)}${random.chance(0.5) ? '.pbf' : ''}`,
          {
            from: ['loadTile', 'drawMap'],
            bytes: world.size(18_000),
            mime: 'application/x-protobuf',
            cached: random.chance(0.2),
          },
        ),
      )
      await Promise.all(tiles)
      await world.pause(1_500)
    },
  },
  {
    name: 'dashboard',
    page: 'https://metrics.example/d/home',
    api: 'https://metrics.example/api',
    ids: 'slug',
    kind: 'fetch',
    protocol: 'http/1.1',
    server: 90,
    client: ['query', 'DataSource.fetch'],
    framework: REACT,
    // All panels are refreshed every half minute, each from its own route.
    habit: async world => {
      const panels = ['cpu', 'memory', 'errors', 'latency', 'traffic']
      await Promise.all(
        panels.map(panel =>
          world.get(`/api/panels/${panel}`, { from: [`refresh${panel}`, 'Panel'], bytes: world.size(4_000) }),
        ),
      )
      await world.browser.timer(30_000)
    },
  },
  {
    name: 'chat',
    page: 'https://chat.example/rooms/general',
    api: 'https://chat.example/api',
    ids: 'uuid',
    kind: 'fetch',
    protocol: 'h2',
    server: 45,
    client: ['request'],
    framework: VUE,
    habit: async world => {
      const { random, browser } = world
      await browser.socket(
        'wss://chat.example/socket',
        random.between(15_000, 60_000),
        random.integer(20, 200),
        random.integer(4_000, 60_000),
      )
      await world.send('/api/presence', { from: ['reconnect'] })
      await world.pause(1_000)
    },
  },
  {
    name: 'cms',
    page: 'https://cms.example/admin',
    api: 'https://cms.example/graphql',
    ids: 'number',
    kind: 'fetch',
    protocol: 'h2',
    server: 85,
    client: ['executeRequest', 'fetchExchange'],
    framework: REACT,
    graphql: true,
    // What is written is saved now and then.
    habit: async world => {
      await world.send('/graphql', { graphql: 'SaveDraft', from: ['autosave', 'Editor'], bytes: 200 })
      await world.pause(4_000)
    },
  },
  {
    name: 'video',
    page: 'https://video.example/watch/8812',
    api: 'https://video.example/api',
    ids: 'slug',
    kind: 'fetch',
    protocol: 'h3',
    server: 40,
    client: ['call'],
    framework: NONE,
    // Pieces of the film come at the pace at which it is watched.
    habit: async world => {
      await world.get(`https://cdn.video.example/film/8812/seg-${world.number()}.m4s`, {
        from: ['appendSegment', 'Player.tick'],
        bytes: world.size(900_000),
        ratio: 1,
        mime: 'video/mp4',
      })
      await world.browser.timer(world.random.between(3_000, 4_500))
    },
  },
  {
    name: 'search',
    page: 'https://find.example/',
    api: 'https://api.find.example',
    ids: 'number',
    kind: 'fetch',
    protocol: 'h2',
    server: 110,
    client: ['http', 'Client.get'],
    framework: REACT,
    // A word is typed: a pause before each request, and some are superseded.
    habit: async world => {
      const { random } = world
      const word = random.pick(['garden chair', 'bicycle lamp', 'winter boots', 'espresso', 'tent for four'])
      for (let length = 3; length <= word.length; length += random.integer(1, 4)) {
        world.browser.interact('keydown')
        const query = `/suggest?q=${encodeURIComponent(word.slice(0, length))}`
        void world.get(query, {
          from: ['suggest', 'onInput'],
          bytes: world.size(900),
          ...(random.chance(0.2) ? { abort: random.between(35, 90) } : {}),
        })
        await world.browser.sleep(random.between(160, 500))
      }
      await world.pause(5_000)
    },
  },
  {
    name: 'bank',
    page: 'https://bank.example/online',
    api: 'https://gateway.bank.example/api',
    ids: 'uuid',
    kind: 'xhr',
    protocol: 'http/1.1',
    server: 130,
    client: ['dispatchRequest', 'Axios.request'],
    framework: ['Zone.run', 'onInvokeTask'],
    // The session is kept alive, and its token renewed where it has expired.
    habit: async world => {
      const url = `/api/limits/${world.id()}`
      const ask = { from: ['loadLimits', 'LimitsPanel'], preflight: 'once' } as const
      await world.get(url, { ...ask, status: 401 })
      await world.send('/api/token/refresh', { from: ['refreshToken', 'onUnauthorized'] })
      await world.get(url, ask)
      await world.pause(40_000)
    },
  },
  {
    name: 'docs',
    page: 'https://docs.example/guide/start',
    api: 'https://docs.example/content',
    ids: 'slug',
    kind: 'fetch',
    protocol: 'h2',
    server: 25,
    client: NONE,
    framework: VUE,
    // A page and its neighbours; those that were read come from the cache.
    habit: async world => {
      const page = world.random.integer(1, 60)
      world.browser.showUrl(`https://docs.example/guide/page-${page}`)
      await world.get(`/content/guide/page-${page}.json`, {
        from: ['loadPage', 'navigate'],
        bytes: 8_000 + page * 90,
        cached: world.random.chance(0.4),
      })
      await world.pause(8_000)
    },
  },
  {
    name: 'console',
    page: 'http://localhost:5173/devices',
    api: 'http://localhost:5173/api',
    ids: 'number',
    kind: 'fetch',
    protocol: 'http/1.1',
    server: 35,
    client: ['json', 'rpc'],
    framework: VUE,
    // Readings of a device, never the same twice, and a development server's own requests.
    habit: async world => {
      const { random } = world
      await world.get('/api/readings/latest', { from: ['poll', 'useReadings'], bytes: world.size(1_500) })
      if (random.chance(0.1))
        await world.get(`/src/App.vue.hot-update.${world.number()}.js`, { from: ['updateModule'] })
      await world.browser.timer(5_000)
    },
  },
]

const NOUNS =
  'orders invoices members tickets reports devices alerts articles comments branches releases contracts payments vendors projects notes parcels drivers rooms lessons recipes badges quotas regions sensors bundles editions ledgers permits rosters shifts tokens wallets zones'.split(
    ' ',
  )

/** An app in a browser, and names that nothing else of its session has. */
export class World {
  readonly browser: Browser
  #nouns: string[]
  #number: number

  constructor(
    readonly app: App,
    readonly tab: Tab,
    readonly random: Random,
  ) {
    this.browser = new Browser(tab, random)
    this.#nouns = random.shuffled(NOUNS)
    this.#number = random.integer(200, 90_000)
  }

  /** Whether Resource Timing has the sizes and phases of the app's own requests. */
  get knowsTimings(): boolean {
    return this.tab.allowsTiming || new URL(this.app.api).origin === new URL(this.app.page).origin
  }

  /** Whether it or DevTools has. */
  get knowsDetails(): boolean {
    return this.knowsTimings || this.tab.devtoolsShare > 0.9
  }

  noun(): string {
    return this.#nouns.pop() ?? `things${this.#number++}`
  }

  number(): number {
    this.#number += this.random.integer(1, 40)
    return this.#number
  }

  id(): string {
    const number = this.number()
    if (this.app.ids === 'number') return `${number}`
    const hex = (digits: number): string =>
      Array.from({ length: digits }, () => this.random.integer(0, 15).toString(16)).join('')
    if (this.app.ids === 'uuid') return [hex(8), hex(4), `4${hex(3)}`, `a${hex(3)}`, hex(12)].join('-')
    return `${hex(6)}${number}${hex(4)}`
  }

  /** The path of a resource of the API. */
  path(noun: string): string {
    return this.app.graphql ? `/api/${noun}` : `${new URL(this.app.api).pathname.replace(/\/$/, '')}/${noun}`
  }

  /** Bytes around a size: never the same twice. */
  size(bytes: number): number {
    return Math.round(this.random.around(bytes, 0.3))
  }

  /** A user reads, thinks, looks elsewhere. */
  pause(ms: number): Promise<void> {
    return this.browser.sleep(this.random.around(ms, 0.6))
  }

  get(path: string, ask: Omit<Ask, 'url'> = {}): Promise<Answer> {
    const { app, random } = this
    return this.browser.fetch({
      url: path.startsWith('http') ? path : new URL(app.api).origin + path,
      kind: app.kind,
      ...ask,
      server: ask.server ?? random.around(app.server, 0.25),
    })
  }

  send(path: string, ask: Omit<Ask, 'url'> = {}): Promise<Answer> {
    return this.get(path, { method: 'POST', bytes: 300, ...ask })
  }
}

/** Opens the app, then one screen after the other: a list, one of its items, what belongs to it. */
export async function useApp(world: World, end: number): Promise<void> {
  const { browser, random } = world
  void (async () => {
    while (browser.now < end) await world.app.habit(world)
  })()
  await world.get(world.path('session'), { from: ['restoreSession', 'start'] })
  await Promise.all(
    ['settings', 'profile', 'menu'].map(noun =>
      world.get(world.path(noun), { from: [`load_${noun}`, 'start'], bytes: world.size(3_000) }),
    ),
  )
  const nouns = [world.noun(), world.noun(), world.noun()]
  while (browser.now < end) {
    await world.pause(3_500)
    browser.interact('click')
    const noun = random.pick(nouns)
    const list = `${world.path(noun)}?page=${random.integer(1, 9)}`
    await world.get(list, { from: [`list_${noun}`, 'openScreen'], bytes: world.size(6_000) })
    await world.pause(2_500)
    browser.interact('click')
    const item = `${world.path(noun)}/${world.id()}`
    await world.get(item, { from: [`show_${noun}`, 'openScreen'], bytes: world.size(2_500) })
    await world.get(`${world.path(noun)}/${world.id()}/history`, {
      from: [`history_${noun}`, 'openScreen'],
      bytes: world.size(1_500),
    })
    if (random.chance(0.2)) await world.send(item, { method: 'PUT', from: ['save', 'onSubmit'] })
    if (random.chance(0.1)) {
      await browser.sleep(random.between(100, 800))
      await browser.block(random.between(55, 140))
    }
  }
}
