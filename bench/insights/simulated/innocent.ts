// Node: what apps rightly do and only looks like a problem.
import type { World } from './apps.ts'

type Innocent = (world: World, end: number) => Promise<void>

async function repeat(count: number, each: (i: number) => Promise<unknown>): Promise<void> {
  for (let i = 0; i < count; i++) await each(i)
}

export const INNOCENT: Record<string, Innocent> = {
  /** Page after page, as somebody scrolls. */
  async paging(world) {
    const [noun, size] = [world.noun(), world.random.pick([20, 50])]
    await repeat(world.random.integer(6, 14), async page => {
      await world.get(`${world.path(noun)}?offset=${page * size}&limit=${size}`, {
        from: ['loadMore', 'onScroll'],
        bytes: world.size(8_000),
      })
      await world.pause(900)
    })
  },
  /** All pages of a list: each cursor is in the answer before. */
  async cursors(world) {
    const noun = world.noun()
    await repeat(world.random.integer(6, 12), () =>
      world.get(`${world.path(noun)}?cursor=${world.id()}`, {
        from: ['fetchAll', 'exportList'],
        bytes: world.size(9_000),
      }),
    )
  },
  /** Status twice a minute. */
  async pollAtEase(world, end) {
    const [noun, period] = [world.noun(), world.random.pick([15_000, 30_000])]
    while (world.browser.now < end) {
      await world.get(`${world.path(noun)}/status`, { from: ['checkStatus', 'tick'], bytes: 420, ratio: 1 })
      await world.browser.timer(period)
    }
  },
  /** Every two seconds there is something new. */
  async pollWithNews(world) {
    const noun = world.noun()
    await repeat(world.random.integer(16, 30), async () => {
      await world.get(`${world.path(noun)}/prices`, { from: ['refreshPrices', 'tick'], bytes: world.size(2_200) })
      await world.browser.timer(2_000)
    })
  },
  /** A job is watched until it is done. */
  async jobWatch(world) {
    const [noun, id] = [world.noun(), world.id()]
    await world.send(`${world.path(noun)}/jobs`, { from: ['startJob', 'onClick'] })
    await repeat(world.random.integer(6, 13), async () => {
      await world.get(`${world.path(noun)}/jobs/${id}`, { from: ['watchJob', 'startJob'], bytes: 240, ratio: 1 })
      await world.browser.timer(1_000)
    })
  },
  /** Different things at the same time. */
  async fanOut(world) {
    await Promise.all(
      Array.from({ length: world.random.integer(5, 9) }, () => {
        const noun = world.noun()
        return world.get(world.path(noun), { from: [`use_${noun}`, 'Overview'], bytes: world.size(4_000) })
      }),
    )
  },
  /** A few items at the same time: fewer than anybody would mind. */
  async fewItems(world) {
    const noun = world.noun()
    await world.get(world.path(noun), { from: ['loadList'], bytes: world.size(1_000) })
    await Promise.all(
      Array.from({ length: world.random.integer(3, 5) }, () =>
        world.get(`${world.path(noun)}/${world.id()}`, { from: ['loadItem', 'ItemCard'] }),
      ),
    )
  },
  /** Each needs an id that only the answer before can have given. */
  async dependent(world) {
    await repeat(world.random.integer(1, 3), async () => {
      const [a, b, c] = [world.noun(), world.noun(), world.noun()]
      await world.get(world.path(a), { from: ['loadAccount', 'openAccount'] })
      await world.get(`${world.path(b)}/${world.id()}`, { from: ['loadOwner', 'openAccount'], server: 220 })
      await world.get(`${world.path(c)}/${world.id()}/rights`, { from: ['loadRights', 'openAccount'], server: 260 })
      await world.pause(2_000)
    })
  },
  /** The token comes first, then what it is for. */
  async authFirst(world) {
    await world.get(world.path('auth/token'), { from: ['getToken', 'boot'], server: 200 })
    await world.get(world.path('me'), { from: ['getMe', 'boot'], server: 240 })
    await world.get(world.path(world.noun()), { from: ['getWorkspace', 'boot'], server: 180 })
  },
  /** A file in parts, one by one or three at a time. */
  async upload(world) {
    const [id, lanes] = [world.id(), world.random.integer(1, 3)]
    let part = 0
    await Promise.all(
      Array.from({ length: lanes }, () =>
        repeat(world.random.integer(4, 9), () =>
          world.send(`${world.path('uploads')}/${id}/parts/${++part}`, {
            method: 'PUT',
            from: ['sendPart', 'Uploader'],
            upload: 900_000,
            server: 300,
            bytes: 60,
          }),
        ),
      ),
    )
  },
  /** Held open until there is news, then asked again. */
  async longPoll(world, end) {
    const noun = world.noun()
    while (world.browser.now < end) {
      const hasNews = world.random.chance(0.4)
      await world.get(`${world.path(noun)}/changes?since=${world.number()}`, {
        from: ['waitForChanges', 'subscribe'],
        server: hasNews ? world.random.between(2_000, 20_000) : 25_000,
        ...(hasNews ? { bytes: world.size(500) } : { status: 204, bytes: 0 }),
      })
    }
  },
  async tiles(world) {
    const { random, tab } = world
    const [z, x, y] = [random.integer(5, 15), random.integer(30, 9_000), random.integer(30, 9_000)]
    await Promise.all(
      Array.from({ length: tab.protocol === 'http/1.1' ? 4 : random.integer(8, 24) }, (_, i) =>
        world.get(`${world.path('layers')}/base/${z}/${x + (i % 6)}/${y + Math.floor(i / 6)}`, {
          from: ['getTile', 'TileLayer'],
          bytes: world.size(15_000),
          mime: 'image/webp',
          ratio: 1,
        }),
      ),
    )
  },
  /** Several requests find the token expired; it is renewed, and they are sent again. */
  async tokenRefresh(world) {
    const paths = Array.from({ length: world.random.integer(2, 5) }, () => world.path(world.noun()))
    await repeat(world.random.integer(1, 3), async () => {
      await Promise.all(paths.map(path => world.get(path, { from: [`load_${path.slice(-5)}`, 'Home'], status: 401 })))
      await world.send(world.path('auth/refresh'), { from: ['renew', 'interceptor'] })
      await Promise.all(
        paths.map(path => world.get(path, { from: ['retry', 'interceptor'], bytes: world.size(2_000) })),
      )
      await world.pause(20_000)
    })
  },
  /** Pictures of people in a list, by their ids. */
  async pictures(world) {
    await Promise.all(
      Array.from({ length: world.tab.protocol === 'http/1.1' ? 4 : world.random.integer(8, 20) }, () =>
        world.get(`${world.path('users')}/${world.id()}/avatar${world.random.chance(0.5) ? '.png' : ''}`, {
          from: ['loadAvatar', 'Avatar'],
          bytes: world.size(9_000),
          ratio: 1,
          mime: 'image/png',
        }),
      ),
    )
  },
  /** Items that somebody opens one after the other. */
  async itemsByHand(world) {
    const noun = world.noun()
    await world.get(world.path(noun), { from: ['loadList'] })
    await repeat(world.random.integer(7, 14), async () => {
      await world.pause(2_500)
      world.browser.interact('click')
      await world.get(`${world.path(noun)}/${world.id()}`, {
        from: ['openItem', 'onRowClick'],
        bytes: world.size(2_500),
      })
    })
  },
  /** Again and again, but from the browser's cache. */
  async cachedRepeats(world) {
    const noun = world.noun()
    await repeat(world.random.integer(8, 20), async i => {
      await world.get(`${world.path(noun)}/catalogue`, {
        from: ['getCatalogue', 'useCatalogue'],
        bytes: 14_000,
        cached: i > 0,
      })
      await world.pause(1_200)
    })
  },
  /** Read, changed, read again. */
  async writeBetween(world) {
    const path = `${world.path(world.noun())}/${world.id()}`
    await repeat(world.random.integer(6, 10), async () => {
      await world.get(path, { from: ['readDocument', 'Form'], bytes: 1_900 })
      await world.pause(2_500)
      await world.send(path, { method: 'PATCH', from: ['saveDocument', 'Form'] })
    })
  },
  /** Whenever somebody comes back to the tab. */
  async onFocus(world) {
    const path = world.path(world.noun())
    await repeat(world.random.integer(5, 8), async () => {
      world.browser.setHidden(true)
      await world.browser.sleep(world.random.between(32_000, 60_000))
      world.browser.setHidden(false)
      await world.get(path, { from: ['refetchOnFocus', 'QueryClient'], bytes: 2_600 })
    })
  },
  /** Twice is no repetition, and three at once are two too many only if they ask for the same. */
  async sameRoute(world) {
    const noun = world.noun()
    await Promise.all(
      ['new', 'open', 'done'].map(state =>
        world.get(`${world.path(noun)}?state=${state}`, { from: ['useTable', state], bytes: world.size(2_000) }),
      ),
    )
  },
  /** Retries that wait longer each time, until one succeeds or all were tried. */
  async backoff(world) {
    const path = `${world.path(world.noun())}/sync`
    let wait = world.random.between(200, 500)
    const count = world.random.integer(3, 6)
    await repeat(count, async () => {
      await world.get(path, { from: ['sync', 'withBackoff'], status: 503, bytes: 90 })
      await world.browser.sleep(wait)
      wait *= 2
    })
    await world.get(path, { from: ['sync', 'withBackoff'] })
  },
  async blocked(world) {
    await repeat(world.random.integer(6, 20), async () => {
      await world.send('https://stats.example.net/collect', { from: ['track', 'onEvent'], error: 'blocked' })
      await world.pause(3_000)
    })
  },
  /** Does it exist? */
  async probes(world) {
    await repeat(world.random.integer(3, 8), async () => {
      await world.get(`${world.path('files')}/${world.id()}`, {
        method: 'HEAD',
        status: 404,
        from: ['exists', 'checkName'],
        bytes: 0,
      })
      await world.pause(1_500)
    })
  },
  /** Things go wrong now and then. */
  async fewFailures(world) {
    const noun = world.noun()
    await repeat(world.random.integer(12, 20), async i => {
      await world.get(`${world.path(noun)}/${world.id()}`, {
        from: ['load', 'Row'],
        status: i === 4 || i === 9 ? 500 : 200,
        bytes: world.size(900),
      })
      await world.pause(1_800)
    })
  },
  async healthyTypeAhead(world) {
    const { random } = world
    await repeat(random.integer(14, 24), async i => {
      world.browser.interact('keydown')
      void world.get(`${world.path('find')}?text=${'abcdefghijklmnopqrstuvwxyz'.slice(0, 1 + (i % 20))}`, {
        from: ['search', 'onInput'],
        ...(random.chance(0.5) ? {} : { bytes: world.size(1_500) }),
        ...(random.chance(0.35) ? { abort: random.between(40, 110) } : {}),
      })
      await world.browser.sleep(random.between(180, 600))
    })
  },
  /** Events are reported by beacons and posts. */
  async analytics(world, end) {
    while (world.browser.now < end) {
      await world.send('https://events.example.org/v2/batch', {
        kind: 'beacon',
        from: ['flush', 'Analytics'],
        bytes: 0,
        keepalive: true,
      })
      await world.browser.timer(3_000)
    }
  },
  /** A report of a year is large, once. */
  async download(world) {
    await world.get(`${world.path('exports')}/${world.id()}.${world.random.pick(['zip', 'pdf', 'xlsx'])}`, {
      from: ['download', 'onClick'],
      bytes: 3_000_000,
      ratio: 1,
      mime: 'application/octet-stream',
    })
    await world.pause(3_000)
    await world.get(`${world.path('exports')}/${world.id()}.pdf`, {
      from: ['download', 'onClick'],
      bytes: 2_400_000,
      ratio: 1,
      mime: 'application/pdf',
    })
  },
  /** An answer that is written as it is thought of. */
  async stream(world) {
    await repeat(world.random.integer(2, 3), async () => {
      await world.send(world.path('assistant/answer'), {
        kind: 'stream',
        from: ['ask', 'Assistant'],
        server: 600,
        bytes: world.size(9_000),
        receive: world.random.between(11_000, 15_000),
      })
      await world.pause(4_000)
    })
  },
  /** Slow because of what it is: a report, now and then. */
  async slowOnce(world) {
    const noun = world.noun()
    await repeat(2, async () => {
      await world.get(`${world.path(noun)}/summary`, {
        from: ['summarise', 'onClick'],
        server: 1_800,
        bytes: world.size(4_000),
      })
      await world.pause(6_000)
    })
  },
  /** Slow because it is large. */
  async sizeExplains(world) {
    const noun = world.noun()
    await repeat(40, async i => {
      const bytes = i % 6 === 5 ? world.random.between(700_000, 1_300_000) : world.size(6_000)
      const receive = 1 + (bytes * 0.2) / 300
      await world.get(`${world.path(noun)}/${world.id()}`, {
        from: ['openDoc', 'Reader'],
        server: 60,
        bytes,
        ratio: 0.2,
        receive,
      })
      await world.pause(700)
    })
  },
  /** Numbers that come by a socket, a few times a second; and sound, which is many bytes. */
  async sockets(world) {
    const { random, browser } = world
    const host = `wss://${new URL(world.app.page).host}`
    const life = random.between(15_000, 30_000)
    await Promise.all([
      browser.socket(`${host}/ticker`, life, Math.round(life / 250), Math.round(life / 2)),
      browser.socket(`${host}/audio`, life, Math.round(life / 15), Math.round((life / 15) * 1_400)),
    ])
  },
  /** Preflights, one for each URL. */
  async firstPreflights(world) {
    await repeat(world.random.integer(6, 10), async () => {
      await world.get(`https://partner.example.net/v1/${world.noun()}`, {
        preflight: 'once',
        setup: 60,
        from: ['callPartner'],
        bytes: world.size(700),
      })
      await world.pause(900)
    })
  },
  /** The main thread is busy, whatever comes in. */
  async busyEverywhere(world) {
    await repeat(world.random.integer(10, 20), async () => {
      await world.browser.block(world.random.between(60, 180))
      await world.pause(700)
    })
  },
  /** Something is changed again and again by a click. */
  async clicks(world) {
    const noun = world.noun()
    await repeat(world.random.integer(6, 12), async () => {
      world.browser.interact('click')
      await world.send(`${world.path(noun)}/${world.id()}/like`, { from: ['like', 'onClick'] })
      await world.pause(700)
    })
  },
  /** Operations of the app: some that overlap, and a step or two in a row. */
  async ownWork(world) {
    await world.browser.track('open document', async id => {
      await Promise.all(
        ['parse', 'highlight', 'outline'].map(name =>
          world.browser.track(name, () => world.browser.sleep(world.random.between(40, 160)), id),
        ),
      )
      await world.browser.track('render', () => world.browser.sleep(60), id)
    })
  },
  /** A page is left while an answer is still to come, and a last word is sent. */
  async leaves(world) {
    const { browser } = world
    // With much in flight it would be a problem.
    while (browser.inFlight > 2) await browser.sleep(500)
    void world.get(world.path(world.noun()), { from: ['loadLate'], server: 900 })
    await browser.sleep(world.random.between(150, 400))
    void world.send(world.path('bye'), { kind: 'beacon', keepalive: true, from: ['onPageHide'], bytes: 0 })
    browser.openDocument(world.app.page, 'reload')
    await world.get(world.path('session'), { from: ['restoreSession', 'start'] })
  },
  /** Minutes in the background: timers are throttled. */
  async hiddenForAWhile(world) {
    const path = world.path(world.noun())
    world.browser.setHidden(true)
    await repeat(8, async () => {
      await world.get(path, { from: ['heartbeat', 'tick'], bytes: 900 })
      await world.browser.timer(10_000)
    })
    world.browser.setHidden(false)
  },
  /** The same answer five times, but a minute or two apart. */
  async nowAndThen(world) {
    const path = world.path(world.noun())
    await repeat(5, async () => {
      await world.get(path, { from: ['loadHelp', 'openHelp'], bytes: 3_100 })
      await world.browser.sleep(world.random.between(40_000, 80_000))
    })
  },
  /** A login: one redirect each. */
  async loginRedirect(world) {
    await world.get(world.path('login/start'), { redirect: 180, from: ['login'] })
    await world.get(world.path('login/finish'), { redirect: 140, from: ['login'] })
  },
  /** Parts of a list that is longer than the screen. */
  async virtualList(world) {
    const noun = world.noun()
    let row = 0
    await repeat(world.random.integer(10, 30), async () => {
      row += world.random.integer(40, 120)
      void world.get(`${world.path(noun)}/rows?start=${row}&end=${row + 60}`, {
        from: ['loadRows', 'onScroll'],
        bytes: world.size(5_000),
      })
      await world.browser.sleep(world.random.between(60, 500))
    })
  },
  /** Six at most at the same time: nobody waits. */
  async politeQueue(world) {
    const noun = world.noun()
    const lanes = Array.from({ length: 4 }, (_, lane) =>
      repeat(4, i =>
        world.get(`${world.path(noun)}?part=${lane * 4 + i}`, {
          from: ['loadPart', 'worker'],
          bytes: world.size(3_000),
        }),
      ),
    )
    await Promise.all(lanes)
  },
}
