// Node: what apps do that only looks like a problem. Each starts at a time and returns when it is over.

import type { AppSession, Placed } from './app-session.ts'
import type { AppKind } from './apps.ts'
import type { Random } from './random.ts'

export interface Stage {
  session: AppSession
  app: AppKind
  random: Random
}

export type Trap = (stage: Stage, at: number) => number

const paging: Trap = ({ session, app, random }, at) => {
  const noun = random.pick(app.nouns)
  const byCursor = random.chance(0.4)
  const scrolls = random.chance(0.5)
  for (let page = 1; page <= random.integer(5, 12); page++) {
    const path = byCursor ? `/api/${noun}?cursor=${random.integer(1e6, 9e6)}` : `/api/${noun}?page=${page}&per_page=50`
    at = session.request(at, { path, site: ['loadPage', 'onScroll'], size: random.integer(4_000, 30_000) }).end
    at += scrolls ? random.between(5, 40) : random.between(800, 4_000)
  }
  return at
}

const pollingAtEase: Trap = ({ session, random }, at) => {
  const period = random.pick([10_000, 15_000, 30_000])
  const times = random.integer(8, 20)
  for (let i = 0; i < times; i++) {
    session.request(at + i * period + random.between(-40, 40), {
      path: '/api/notifications/count',
      site: ['pollCount', 'setInterval'],
      size: 320,
      decoded: 320,
    })
  }
  // It goes on while other things happen; a second timer for the same would be a problem.
  return at + times * period
}

/** Often, but each answer differs: the page has something to show. */
const livePrices: Trap = ({ session, random }, at) => {
  for (let i = 0; i < 40; i++)
    session.request(at + i * 2_000, {
      path: '/api/live/scores',
      site: ['refreshScores', 'setInterval'],
      size: random.integer(700, 4_000),
    })
  return at + 80_000
}

const parallelFanOut: Trap = ({ session, app, random }, at) => {
  const ends = app.nouns.map(
    noun =>
      session.request(at + random.between(0, 6), { path: `/api/${noun}/summary`, site: ['loadHome', 'HomePage'] }).end,
  )
  return Math.max(...ends)
}

const dependentCalls: Trap = ({ session, app, random }, at) => {
  const [first, second, third] = random.shuffled(app.nouns) as [string, string, string]
  const id = random.integer(100, 9_999)
  const site = ['openDetail', 'onOpen']
  at = session.request(at, { path: `/api/${first}/current`, site, server: 250 }).end + random.between(1, 8)
  at = session.request(at, { path: `/api/${second}/${id}`, site, server: 220 }).end + random.between(1, 8)
  at =
    session.request(at, { path: `/api/${third}?owner_id=${id * 7 + 3}`, site, server: 260 }).end + random.between(1, 8)
  return session.request(at, { path: `/api/${second}/${id}/${third}/${id * 13 + 1}`, site, server: 200 }).end
}

const uploads: Trap = ({ session, random }, at) => {
  const id = random.integer(1_000, 9_999)
  at = session.request(at, { path: '/api/uploads', method: 'POST', site: ['startUpload', 'onDrop'] }).end
  for (let part = 1; part <= random.integer(6, 14); part++)
    at = session.request(at + 2, {
      path: `/api/uploads/${id}/parts/${part}`,
      method: 'PUT',
      site: ['uploadPart', 'onDrop'],
      server: random.around(900),
      size: 20,
    }).end
  return session.request(at, {
    path: `/api/uploads/${id}/complete`,
    method: 'POST',
    site: ['completeUpload', 'onDrop'],
    server: 400,
  }).end
}

const longPoll: Trap = ({ session, random }, at) => {
  for (let i = 0; i < random.integer(5, 12); i++) {
    const isNews = random.chance(0.3)
    at =
      session.request(at, {
        path: '/api/events/wait?timeout=25',
        site: ['listen', 'pump'],
        server: isNews ? random.between(2_000, 20_000) : 25_000,
        status: isNews ? 200 : 204,
        size: isNews ? 400 : 0,
      }).end + random.between(1, 90)
  }
  return at
}

const tiles: Trap = ({ session, random }, at) => {
  const [z, x, y] = [random.integer(8, 15), random.integer(1_000, 9_000), random.integer(1_000, 9_000)]
  const extension = random.pick(['', '.png', '.pbf', '@2x.webp'])
  let end = at
  for (let i = 0; i < 24; i++)
    end = Math.max(
      end,
      session.request(at + i * random.between(0, 4), {
        path: `/tiles/${z}/${x + (i % 6)}/${y + Math.floor(i / 6)}${extension}`,
        site: ['loadTile', 'drawMap'],
        size: random.integer(8_000, 40_000),
      }).end,
    )
  return end
}

const tokenRefresh: Trap = ({ session, app, random }, at) => {
  for (let times = 0; times < random.integer(1, 3); times++) {
    const refused = app.nouns.slice(0, random.integer(1, 4)).map(noun => ({
      path: `/api/${noun}`,
      end: session.request(at, { path: `/api/${noun}`, site: ['load', 'Home'], status: 401, size: 60 }).end,
    }))
    const refreshed = session.request(Math.max(...refused.map(({ end }) => end)) + 2, {
      path: '/auth/refresh',
      method: 'POST',
      site: ['refreshToken', 'interceptor'],
      server: 180,
    }).end
    const ends = refused.map(
      ({ path }) => session.request(refreshed + 3, { path, site: ['retryAfterRefresh', 'interceptor'] }).end,
    )
    at = Math.max(...ends) + random.between(60_000, 90_000)
  }
  return at
}

/** A type-ahead that cancels what was overtaken: a third to a half of all. */
const typeAhead: Trap = ({ session, random }, at) => {
  const word = random.pick(['performance', 'waterfall monitor', 'async operations', 'developer tools'])
  let overtaken = 0
  for (let i = 2; i <= word.length; i++) {
    const isOvertaken = random.chance(0.42) && overtaken < word.length / 2 - 1
    if (isOvertaken) overtaken++
    const next = at + (isOvertaken ? random.between(60, 120) : random.between(250, 500))
    session.request(at, {
      path: `/api/search?q=${encodeURIComponent(word.slice(0, i))}`,
      site: ['suggest', 'onInput'],
      ...(isOvertaken ? { cancelAfter: next - at } : {}),
    })
    at = next
  }
  return at
}

const focusRefetch: Trap = ({ session, app, random }, at) => {
  const noun = random.pick(app.nouns)
  for (let i = 0; i < random.integer(5, 8); i++) {
    session.request(at, {
      path: `/api/${noun}/mine`,
      site: ['refetchOnFocus', 'onVisibility'],
      size: 3_000,
      decoded: 9_000,
    })
    at += random.between(35_000, 110_000)
  }
  return at
}

const jobWatch: Trap = ({ session, random }, at) => {
  const id = random.integer(10_000, 99_999)
  at = session.request(at, { path: '/api/exports', method: 'POST', site: ['startExport', 'onClick'], server: 150 }).end
  for (let i = 0; i < random.integer(8, 14); i++) {
    const path = `/api/exports/${id}/status`
    at += 1_000 + random.between(-30, 60)
    at = session.request(at, { path, site: ['watchExport', 'setTimeout'], size: 250, decoded: 250 }).end
  }
  return at
}

const downloads: Trap = ({ session, random }, at) => {
  for (let i = 0; i < random.integer(1, 3); i++) {
    const size = random.integer(2_000_000, 9_000_000)
    at =
      session.request(at, {
        path: `/api/exports/${random.integer(10, 99)}/report.${random.pick(['zip', 'pdf', 'csv', 'xlsx'])}`,
        site: ['download', 'onClick'],
        size,
        decoded: size,
      }).end + random.between(3_000, 9_000)
  }
  return at
}

const hoverPrefetch: Trap = ({ session, app, random }, at) => {
  for (let i = 0; i < random.integer(6, 14); i++) {
    session.request(at, {
      path: `/api/${app.nouns[0]}/${random.integer(1, 5_000)}`,
      site: ['prefetchDetail', 'onMouseEnter'],
    })
    at += random.between(250, 1_500)
  }
  return at
}

const retryWithBackOff: Trap = ({ session, random }, at) => {
  let pause = random.between(200, 400)
  const attempts = random.integer(4, 6)
  for (let i = 0; i < attempts; i++) {
    const isLast = i === attempts - 1
    at =
      session.request(at, {
        path: '/api/sync/state',
        site: ['syncWithBackOff', 'startSync'],
        status: isLast ? 200 : 503,
        size: 80,
        server: 90,
      }).end + pause
    pause *= random.between(1.8, 2.2)
  }
  return at
}

const graphql: Trap = ({ session, random }, at) => {
  const names = ['Viewer', 'Home', 'Sidebar', 'Notifications', 'Trends', 'Suggested', 'Banner']
  for (let visit = 0; visit < 3; visit++) {
    const ends = names.map(
      name =>
        session.request(at + random.between(0, 15), {
          path: '/graphql',
          method: 'POST',
          graphql: name,
          site: ['useQuery', name],
          size: random.integer(900, 20_000),
        }).end,
    )
    at = Math.max(...ends) + random.between(4_000, 12_000)
  }
  return at
}

const optimisticWrites: Trap = ({ session, app, random }, at) => {
  const noun = random.pick(app.nouns)
  for (let i = 0; i < random.integer(5, 10); i++) {
    at =
      session.request(at, {
        path: `/api/${noun}/${random.integer(1, 90)}`,
        method: 'PATCH',
        site: ['saveChange', 'onToggle'],
      }).end + 3
    at =
      session.request(at, { path: `/api/${noun}`, site: ['reloadList', 'onToggle'], size: 5_000, decoded: 18_000 })
        .end + random.between(700, 2_500)
  }
  return at
}

const serverPush: Trap = ({ session, random }, at) => {
  session.connection(at, {
    path: '/live',
    kind: 'websocket',
    life: 90_000,
    messages: random.integer(90, 1_800),
    bytes: random.integer(40_000, 400_000),
  })
  session.connection(at + 500, {
    path: '/api/feed/events',
    kind: 'eventsource',
    life: 80_000,
    messages: 300,
    bytes: 90_000,
  })
  return at + 20_000
}

/** Many messages, but of audio: their size is the content's. */
const binaryStream: Trap = ({ session, random }, at) => {
  session.connection(at, {
    path: '/audio',
    kind: 'websocket',
    life: 40_000,
    messages: 2_600,
    bytes: 2_600 * random.integer(900, 4_000),
  })
  return at + 20_000
}

const images: Trap = ({ session, random }, at) => {
  for (let i = 0; i < random.integer(8, 20); i++)
    session.request(at + i * random.between(1, 20), {
      path: `/media/${random.integer(1_000, 9_999)}.${random.pick(['jpg', 'webp', 'avif'])}`,
      site: ['loadImage', 'Gallery'],
      size: random.integer(30_000, 450_000),
      decoded: 450_000,
    })
  return at + 800
}

const beacons: Trap = ({ session, random }, at) => {
  for (let i = 0; i < random.integer(8, 20); i++)
    session.request(at + i * random.between(100, 900), {
      path: '/collect',
      method: 'POST',
      kind: 'beacon',
      site: ['track', 'analytics'],
      size: 0,
    })
  return at + 3_000
}

const probes: Trap = ({ session, random }, at) => {
  for (let i = 0; i < 2; i++)
    at =
      session.request(at, {
        path: `/api/avatars/${random.integer(100, 999)}`,
        method: 'HEAD',
        site: ['hasAvatar', 'Avatar'],
        status: 404,
        size: 0,
      }).end + 400
  return at
}

/** An answer that a model writes while it is read. */
const streamedAnswer: Trap = ({ session, random }, at) => {
  for (let i = 0; i < random.integer(2, 4); i++)
    at =
      session.request(at, {
        path: '/api/assistant/chat',
        method: 'POST',
        site: ['ask', 'onSubmit'],
        server: random.around(600),
        size: random.integer(4_000, 30_000),
        receive: random.between(4_000, 14_000),
      }).end + 5_000
  return at
}

const blockedByUser: Trap = ({ session, random }, at) => {
  for (let i = 0; i < random.integer(5, 9); i++)
    at =
      session.request(at, {
        path: '/pixel',
        origin: 'https://ads.example',
        site: ['track', 'ads'],
        netError: 'net::ERR_BLOCKED_BY_CLIENT',
        server: 4,
      }).end + random.between(400, 3_000)
  return at
}

const cacheMix: Trap = ({ session, app, random }, at) => {
  for (let i = 0; i < 40; i++) {
    const fromCache = random.chance(0.75)
    at =
      session.request(at, {
        path: `/api/${app.nouns[1]}/${1 + (i % 12)}/card`,
        site: ['showCard', 'onSelect'],
        fromCache,
        server: random.around(60),
      }).end + random.between(400, 2_500)
  }
  return at
}

const autosave: Trap = ({ session, random }, at) => {
  for (let i = 0; i < random.integer(8, 25); i++)
    session.request(at + i * 5_000, {
      path: '/api/drafts/77',
      method: 'PUT',
      site: ['autosave', 'setInterval'],
      size: 40,
    })
  return at + 60_000
}

const detailsAtHumanPace: Trap = ({ session, app, random }, at) => {
  for (let i = 0; i < random.integer(8, 25); i++)
    at =
      session.request(at, { path: `/api/${app.nouns[2]}/${random.integer(1, 9_000)}`, site: ['openItem', 'onClick'] })
        .end + random.between(900, 6_000)
  return at
}

const fewParts: Trap = ({ session, app, random }, at) => {
  at = session.request(at, { path: `/api/${app.nouns[3]}`, site: ['loadFew', 'Panel'] }).end
  const ends = Array.from(
    { length: random.integer(2, 4) },
    (_, i) => session.request(at + i * 2, { path: `/api/${app.nouns[3]}/${i + 1}`, site: ['loadOne', 'Panel'] }).end,
  )
  return Math.max(...ends)
}

/** Reports of several hundred kB, each a page's content: over a fast network. */
const bigButQuick: Trap = ({ session, random }, at) => {
  for (let i = 0; i < random.integer(1, 2); i++)
    at =
      session.request(at, {
        path: `/api/reports/${random.integer(1, 50)}/data`,
        site: ['openReport', 'onClick'],
        size: 420_000,
        decoded: 2_600_000,
        receive: random.between(60, 150),
      }).end + 9_000
  return at
}

const slowPayments: Trap = ({ session, random }, at) => {
  for (let i = 0; i < 3; i++)
    at =
      session.request(at, {
        path: '/api/payments',
        method: 'POST',
        site: ['pay', 'onSubmit'],
        server: random.around(1_600),
        size: 300,
      }).end + random.between(8_000, 20_000)
  return at
}

const tasksAnywhere: Trap = ({ session, random }, at) => {
  for (let i = 0; i < random.integer(5, 15); i++) session.longTask(at + random.between(0, 120_000), random.around(90))
  return at
}

const sawtoothHeap: Trap = ({ session, random }, at) => {
  let used = random.between(20e6, 30e6)
  const floor = used
  for (let time = 0; time < 240_000; time += 1_000) {
    used += random.between(0.2e6, 1.1e6)
    if (used > floor * 1.8) used = floor * random.between(0.98, 1.04)
    session.heap(at + time, used)
  }
  return at
}

/** The heap grows while caches fill, and stays. */
const fillingCaches: Trap = ({ session, random }, at) => {
  let floor = 15e6
  let used = floor
  for (let time = 0; time < 300_000; time += 1_000) {
    if (time < 30_000) floor += 0.5e6
    used += random.between(0.3e6, 1.2e6)
    if (used > floor * 1.7) used = floor * random.between(0.97, 1.03)
    session.heap(at + time, used)
  }
  return at
}

const singleFailure: Trap = ({ session, random }, at) =>
  session.request(at, {
    path: '/api/weather',
    site: ['weather', 'Header'],
    status: random.pick([500, 503, 404]),
    size: 90,
  }).end

const mountedTwice: Trap = ({ session, app, random }, at) => {
  const path = `/api/${random.pick(app.nouns)}/for-two-${random.integer(1, 9)}`
  const placed = ['Header', 'Sidebar'].map(
    (part, i) => session.request(at + i * 3, { path, site: ['useMe', part], size: 900, decoded: 900 }).end,
  )
  return Math.max(...placed)
}

const videoRanges: Trap = ({ session, random }, at) => {
  for (let i = 0; i < random.integer(4, 8); i++)
    session.request(at + i * 120, {
      path: '/media/film.mp4',
      site: ['fetchRange', 'player'],
      status: 206,
      size: 600_000,
      decoded: 600_000,
    })
  return at + 3_000
}

const bootstrap: Trap = ({ session }, at) => {
  const site = ['boot', 'main']
  at = session.request(at, { path: '/config.json', site, server: 120, origin: session.traits.origin }).end + 4
  at = session.request(at, { path: '/api/auth/session', site, server: 260 }).end + 4
  return session.request(at, { path: '/api/me', site, server: 240 }).end
}

const writesInOrder: Trap = ({ session, app, random }, at) => {
  const site = ['checkout', 'onSubmit']
  at = session.request(at, { path: '/api/address/check', site, server: random.around(200) }).end + 3
  at = session.request(at, { path: '/api/orders', method: 'POST', site, server: 400 }).end + 3
  at = session.request(at, { path: '/api/orders/latest', site, server: 200 }).end + 3
  return session.request(at, { path: `/api/${app.nouns[0]}/suggested`, site, server: 200 }).end
}

const fewLeftBehind: Trap = ({ session, random }, at) => {
  for (let i = 0; i < random.integer(1, 3); i++)
    session.request(at, {
      path: `/api/late/${random.pick(['a', 'b'])}`,
      site: ['loadLate', 'Footer'],
      endUnknown: 'page-left',
    })
  session.navigate(at + 100, '/next')
  return at + 400
}

const loginRedirect: Trap = ({ session }, at) =>
  session.request(at, { path: '/login/callback', site: ['login', 'main'], redirect: 320 }).end

const firstPreflights: Trap = ({ session, app }, at) => {
  for (const [i, noun] of app.nouns.slice(0, 4).entries()) {
    session.preflight(at + i * 30, `/api/${noun}`, 40)
    session.request(at + i * 30 + 41, { path: `/api/${noun}`, site: ['load', 'Home'] })
  }
  return at + 500
}

const openStream: Trap = ({ session, random }, at) => {
  session.request(at, { path: '/api/stream/updates', site: ['subscribe', 'main'], unfinished: true })
  return at + random.between(10, 100)
}

/** Clicks through tabs: whatever is open is cancelled, now and then. */
const tabClicks: Trap = ({ session, app, random }, at) => {
  for (let i = 0; i < 14; i++) {
    const cancels = random.chance(0.3)
    session.request(at, {
      path: `/api/${app.nouns[4]}/tab`,
      site: ['showTab', 'onClick'],
      size: random.integer(1_500, 9_000),
      ...(cancels ? { cancelAfter: 45 } : {}),
    })
    at += random.between(700, 3_000)
  }
  return at
}

const developmentServer: Trap = ({ session }, at) => {
  for (let i = 0; i < 12; i++)
    session.request(at + i * 4, {
      path: `/@vite/client?t=${i}`,
      origin: session.traits.origin,
      site: ['hot'],
      size: 40_000,
      decoded: 40_000,
    })
  return at + 100
}

const customWork: Trap = ({ session, random }, at) => {
  const parent = session.custom(at, 'render report', 900)
  for (let i = 0; i < 5; i++)
    session.custom(at + random.between(0, 30), `part ${i}`, random.between(300, 800), parent.id)
  return at + 950
}

const periodicCustom: Trap = ({ session, random }, at) => {
  for (let i = 0; i < 40; i++) session.custom(at + i * 1_000, 'tick', random.around(8))
  return at + 40_000
}

export const TRAPS: Readonly<Record<string, Trap>> = {
  paging,
  pollingAtEase,
  livePrices,
  parallelFanOut,
  dependentCalls,
  uploads,
  longPoll,
  tiles,
  tokenRefresh,
  typeAhead,
  focusRefetch,
  jobWatch,
  downloads,
  hoverPrefetch,
  retryWithBackOff,
  graphql,
  optimisticWrites,
  serverPush,
  binaryStream,
  images,
  beacons,
  probes,
  streamedAnswer,
  blockedByUser,
  cacheMix,
  autosave,
  detailsAtHumanPace,
  fewParts,
  bigButQuick,
  slowPayments,
  tasksAnywhere,
  sawtoothHeap,
  fillingCaches,
  singleFailure,
  mountedTwice,
  videoRanges,
  bootstrap,
  writesInOrder,
  fewLeftBehind,
  loginRedirect,
  firstPreflights,
  openStream,
  tabClicks,
  developmentServer,
  customWork,
  periodicCustom,
}

/** What any app does all the time: lists and details at a person's pace. */
export function ordinaryUse({ session, app, random }: Stage, at: number, until: number): Placed[] {
  const placed: Placed[] = []
  while (at < until) {
    const noun = random.pick(app.nouns)
    placed.push(session.request(at, { path: `/api/${noun}/recent`, site: [`load_${noun}`, 'Page'] }))
    if (random.chance(0.5))
      placed.push(
        session.request(at + random.between(1, 30), {
          path: `/api/${noun}/${random.integer(1, 999)}`,
          site: [`open_${noun}`, 'onClick'],
        }),
      )
    at += random.between(1_500, 9_000)
  }
  return placed
}
