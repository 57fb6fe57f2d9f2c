// Node: each problem of the catalogue, planted with what is known of it.
import type { InsightKind } from '../../../model/insights/insight.ts'
import { coveredBy, type Span } from '../../../model/insights/spans.ts'
import { median, quantileOf, sortedNumbers, sum } from '../../../model/statistics.ts'
import type { Placed, RequestSpec } from './app-session.ts'
import type { Stage } from './traps.ts'

export interface Label {
  kind: InsightKind
  /** Of the operations that are part of it; empty where it is about none. */
  ids: readonly string[]
  /** Milliseconds that a user would wait less without it. */
  savedMs: number
}

export interface Planted {
  labels: Label[]
  end: number
}

export type Problem = (stage: Stage, at: number) => Planted

const spanOf = ({ start, end }: Placed): Span => ({ from: start, to: end })
const lengthOf = ({ start, end }: Placed): number => end - start
const idsOf = (placed: readonly Placed[]): string[] => placed.map(({ id }) => id)
const lastEnd = (placed: readonly Placed[]): number => Math.max(...placed.map(({ end }) => end))
const planted = (kind: InsightKind, placed: readonly Placed[], savedMs: number, end = lastEnd(placed)): Planted => ({
  labels: [{ kind, ids: idsOf(placed), savedMs }],
  end,
})
/** A route of the app that no trap and no other problem uses. */
const routeOf = ({ app, random }: Stage, word: string): string => `/api/${random.pick(app.nouns)}/${word}`

/** One request for each item of a list: at once, or one by one. */
function plantNPlusOne(stage: Stage, at: number): Planted {
  const { session, app, random } = stage
  const noun = random.pick(app.nouns)
  const shape = random.pick(['at once', 'at once', 'one by one', 'graphql', 'by parameter'] as const)
  const count = random.integer(8, 30)
  const hasSubresource = random.chance(0.5)
  const site = ['loadItem', 'renderRow', 'ListPage']
  at =
    session.request(at, {
      path: shape === 'by parameter' ? '/api/labels' : `/api/${noun}`,
      site: ['loadList', 'ListPage'],
      server: 90,
    }).end + random.between(2, 60)
  const placed: Placed[] = []
  for (let i = 0; i < count; i++) {
    const id = random.integer(1, 90_000)
    const spec: RequestSpec =
      shape === 'graphql'
        ? { path: '/graphql', method: 'POST', graphql: 'ItemDetail', site }
        : shape === 'by parameter'
          ? { path: `/api/labels?item_id=${id}`, site }
          : { path: `/api/${noun}/${id}${hasSubresource ? '/owner' : ''}`, site }
    const each = session.request(at, { ...spec, server: random.around(70), size: random.integer(300, 4_000) })
    placed.push(each)
    at = shape === 'one by one' ? each.end + random.between(1, 12) : at + random.between(0, 8)
  }
  return planted('n-plus-one', placed, coveredBy(placed.map(spanOf)) - median(placed.map(lengthOf)))
}

function plantDuplicates(stage: Stage, at: number): Planted {
  const { session, random } = stage
  const path = `${routeOf(stage, 'shared')}?${random.chance(0.5) ? 'b=2&a=1' : 'full=1'}`
  const size = random.integer(900, 20_000)
  const placed: Placed[] = []
  const copies = random.integer(4, 7)
  for (let i = 0; i < copies; i++)
    placed.push(
      session.request(at + i * random.between(0, 12), {
        path,
        site: ['useShared', `Component${i}`],
        size,
        decoded: size * 3,
        server: 150,
      }),
    )
  return planted('duplicate-in-flight', placed, 0)
}

function plantRepeats(stage: Stage, at: number): Planted {
  const { session, random } = stage
  const path = routeOf(stage, 'settings/all')
  const size = random.integer(1_500, 30_000)
  const isRevalidated = random.chance(0.25)
  const placed: Placed[] = []
  for (let i = 0; i < random.integer(7, 15); i++) {
    placed.push(
      session.request(at, {
        path,
        site: ['readSettings', `View${i % 3}`],
        size: isRevalidated && i > 0 ? 0 : size,
        decoded: size * 3,
        status: isRevalidated && i > 0 ? 304 : 200,
        server: random.around(110),
      }),
    )
    at = (placed.at(-1) as Placed).end + random.pick([400, 1_700, 4_000, 9_000, 15_000]) * random.between(0.6, 1.5)
  }
  return planted('repeated-get', placed, sum(placed.slice(1).map(lengthOf)))
}

function plantWaterfall(stage: Stage, at: number): Planted {
  const { session, app, random } = stage
  const placed: Placed[] = []
  const words = ['overview', 'limits', 'history', 'preferences', 'totals']
  const isGraphql = random.chance(0.15)
  const revisits = random.chance(0.25) ? 2 : 1
  const server = random.between(150, 420)
  const nouns = random.shuffled(app.nouns)
  const count = random.integer(3, 5)
  const id = random.integer(10, 999)
  // An id that only a later one has would come from an answer.
  const hasId = random.chance(0.3)
  let saved = 0
  for (let visit = 0; visit < revisits; visit++) {
    const chain: Placed[] = []
    for (let i = 0; i < count; i++) {
      const word = words[i] as string
      const path = hasId ? `/api/${nouns[i]}/${id}/${word}` : `/api/${nouns[i]}/${word}`
      chain.push(
        session.request(at, {
          ...(isGraphql ? { path: '/graphql', method: 'POST', graphql: `Load${word}` } : { path }),
          site: ['loadReport', 'ReportPage'],
          server: random.around(server),
        }),
      )
      at = (chain.at(-1) as Placed).end + random.between(0.5, 12)
    }
    saved += sum(chain.map(lengthOf)) - Math.max(...chain.map(lengthOf))
    placed.push(...chain)
    at += random.between(8_000, 20_000)
  }
  return planted('serial-waterfall', placed, saved)
}

/** The same of the app's own operations. */
function plantSerialChildren({ session, random }: Stage, at: number): Planted {
  const count = random.integer(4, 7)
  const lengths = Array.from({ length: count }, () => random.around(220))
  const parent = session.custom(at, 'prepare export', sum(lengths) + count * 4)
  const placed = lengths.map((length, i) => {
    const each = session.custom(
      at + 1,
      `export ${['rows', 'charts', 'notes', 'styles', 'images', 'links', 'fonts'][i]}`,
      length,
      parent.id,
    )
    at = each.end + 2
    return each
  })
  return planted('serial-waterfall', placed, sum(lengths) - Math.max(...lengths))
}

/** A custom operation that starts one request after the other for its items. */
function plantNestedRequests({ session, random }: Stage, at: number): Planted {
  const count = random.integer(8, 16)
  const names = Array.from({ length: count }, () => random.around(130))
  const parent = session.custom(at, 'refresh catalogue', sum(names) + count * 5)
  const placed = names.map(length => {
    const each = session.custom(at + 1, 'load product', length, parent.id)
    at = each.end + 3
    return each
  })
  return planted('n-plus-one', placed, sum(names) - median(names))
}

function plantRetryStorm(stage: Stage, at: number): Planted {
  const { session, random } = stage
  const path = routeOf(stage, 'sync')
  const how = random.pick([
    { status: 503 },
    { status: 500 },
    { status: 429 },
    { netError: 'net::ERR_CONNECTION_REFUSED' },
  ])
  const gap = random.pick([20, 200, 1_000])
  const method = random.chance(0.3) ? 'POST' : 'GET'
  const placed: Placed[] = []
  const attempts = random.integer(7, 18)
  for (let i = 0; i < attempts; i++) {
    placed.push(
      session.request(at, { path, method, ...how, site: ['syncAgain', 'sync'], server: random.around(90), size: 90 }),
    )
    at = (placed.at(-1) as Placed).end + gap * random.between(0.85, 1.2)
  }
  if (random.chance(0.5)) session.request(at, { path, method, site: ['syncAgain', 'sync'] })
  return planted('retry-storm', placed, coveredBy(placed.slice(1).map(spanOf)), at)
}

function plantPoll(stage: Stage, at: number): Planted {
  const { session, random } = stage
  const path = routeOf(stage, 'badge')
  const period = random.pick([500, 1_000, 2_000, 3_000])
  const sizes = [random.integer(250, 900), random.integer(250, 900)]
  const hasStamp = random.chance(0.3)
  const placed: Placed[] = []
  const times = random.integer(25, 60)
  let size = sizes[0] as number
  for (let i = 0; i < times; i++) {
    if (random.chance(0.05)) size = sizes[i % 2] as number
    placed.push(
      session.request(at + i * period + random.between(0, period * 0.08), {
        path: hasStamp ? `${path}?_=${1_700_000 + i}` : path,
        site: ['pollBadge', 'setInterval'],
        size,
        decoded: size,
      }),
    )
  }
  return planted('poll-too-often', placed, 0, at + times * period)
}

function plantSlowTail(stage: Stage, at: number): Planted {
  const { session, random } = stage
  const path = routeOf(stage, 'lookup')
  const usual = random.between(60, 140)
  const count = random.integer(45, 140)
  const placed: Placed[] = []
  const slow: Placed[] = []
  for (let i = 0; i < count; i++) {
    const isSlow = random.chance(0.12) || i % 14 === 5
    const each = session.request(at, {
      path,
      site: ['lookUp', 'onPick'],
      server: isSlow ? random.around(usual * 14) : random.around(usual, 0.2),
      size: random.integer(1_500, 4_000),
    })
    placed.push(each)
    if (isSlow) slow.push(each)
    at = each.end + random.between(150, 2_500)
  }
  const p50 = quantileOf(sortedNumbers(placed.map(lengthOf)), 0.5)
  return planted('slow-tail', slow, sum(slow.map(each => lengthOf(each) - p50)))
}

function plantQueue(stage: Stage, at: number): Planted {
  const { session, random } = stage
  const lanes = new Array<number>(6).fill(at)
  const queued: Placed[] = []
  const waits: Span[] = []
  const count = random.integer(14, 22)
  const origin = session.traits.origin.includes('localhost')
    ? session.traits.origin
    : `https://legacy.${session.traits.name}.example`
  let end = at
  for (let i = 0; i < count; i++) {
    const lane = lanes.indexOf(Math.min(...lanes))
    const start = at + i * 1.5
    const wait = Math.max(0.3, (lanes[lane] as number) - start)
    const each = session.request(start, {
      path: `/panel/${['alpha', 'beta', 'gamma', 'delta', 'kappa', 'sigma', 'omega', 'zeta', 'iota', 'theta', 'rho', 'tau', 'phi', 'chi', 'psi', 'eta', 'mu', 'nu', 'xi', 'pi', 'epsilon', 'lambda'][i]}`,
      origin,
      site: ['loadPanel', `Panel${i}`],
      queued: wait,
      server: random.around(260),
      protocol: 'http/1.1',
    })
    lanes[lane] = each.end
    end = Math.max(end, each.end)
    if (wait <= 100) continue
    queued.push(each)
    waits.push({ from: start, to: start + wait })
  }
  return planted('connection-queue', queued, coveredBy(waits), end)
}

function plantSlowServer(stage: Stage, at: number): Planted {
  const { session, random } = stage
  const path = routeOf(stage, 'forecast')
  const server = random.between(1_100, 2_600)
  const placed: Placed[] = []
  for (let i = 0; i < random.integer(4, 9); i++) {
    placed.push(
      session.request(at, {
        path: random.chance(0.5) ? path : `${path}?range=${i}`,
        site: ['loadForecast', 'Forecast'],
        server: random.around(server, 0.12),
      }),
    )
    at = (placed.at(-1) as Placed).end + random.between(2_000, 9_000)
  }
  return planted(
    'slow-server',
    placed,
    sum(placed.map(each => Math.max(0, lengthOf(each) - 800 - Math.max(0, session.traits.roundTrip - 100)))),
  )
}

function plantLarge(stage: Stage, at: number): Planted {
  const { session, random } = stage
  const path = routeOf(stage, 'everything')
  const placed: Placed[] = []
  let saved = 0
  for (let i = 0; i < random.integer(2, 5); i++) {
    const size = random.integer(700_000, 4_000_000)
    const receive = Math.max(700, size / random.between(600, 1_400))
    placed.push(session.request(at, { path, site: ['loadEverything', 'Start'], size, decoded: size * 5, receive }))
    saved += receive * (1 - 300_000 / size)
    at = (placed.at(-1) as Placed).end + random.between(3_000, 12_000)
  }
  return planted('large-response', placed, saved)
}

function plantUncompressed(stage: Stage, at: number): Planted {
  const { session, random } = stage
  const path = routeOf(stage, 'plain')
  const placed: Placed[] = []
  let saved = 0
  for (let i = 0; i < random.integer(4, 8); i++) {
    const size = random.integer(70_000, 240_000)
    const receive = Math.max(120, size / 500)
    placed.push(
      session.request(at, { path: `${path}?part=${i}`, site: ['loadPlain', 'Table'], size, decoded: size, receive }),
    )
    saved += receive * 0.5
    at = (placed.at(-1) as Placed).end + random.between(1_500, 6_000)
  }
  return planted('uncompressed', placed, saved)
}

function plantFailing(stage: Stage, at: number): Planted {
  const { session, random } = stage
  const path = routeOf(stage, 'quote')
  const failed: Placed[] = []
  const status = random.pick([500, 502, 403, 422, 400])
  const share = random.between(0.3, 1)
  const method = random.chance(0.4) ? 'POST' : 'GET'
  for (let i = 0; i < 14; i++) {
    const fails = i < 4 || random.chance(share)
    const each = session.request(at, {
      path: `${path}/${random.integer(1, 999)}`,
      method,
      site: ['quote', 'onClick'],
      status: fails ? status : 200,
      size: 200,
    })
    if (fails) failed.push(each)
    at = each.end + random.between(2_500, 9_000)
  }
  return planted('failing-route', failed, 0)
}

function plantAborts(stage: Stage, at: number): Planted {
  const { session, random } = stage
  const cancelled: Placed[] = []
  const count = random.integer(18, 40)
  for (let i = 0; i < count; i++) {
    const isLast = i % 9 === 8
    const age = random.between(60, 140)
    const each = session.request(at, {
      path: `/api/find?text=${'abcdefghijklmnopqrstuvwxyz'.slice(0, 1 + (i % 9))}`,
      site: ['find', 'onKey'],
      server: 260,
      ...(isLast ? {} : { cancelAfter: age }),
    })
    if (!isLast) cancelled.push(each)
    at = isLast ? each.end + 900 : each.end + random.between(0, 2)
  }
  return planted('wasted-aborts', cancelled, coveredBy(cancelled.map(spanOf)))
}

function plantPreflights(stage: Stage, at: number): Planted {
  const { session, random } = stage
  const placed: Placed[] = []
  const total: number[] = []
  const origin = `https://secure.${session.traits.name}.example`
  for (let i = 0; i < random.integer(8, 16); i++) {
    const took = Math.round(random.around(60))
    const path = `/api/secured/${['a', 'b', 'c'][i % 3]}`
    session.preflight(at, path, took, origin)
    total.push(took)
    placed.push(session.request(at + took, { path, origin, site: ['secured', `Part${i % 3}`] }))
    at = (placed.at(-1) as Placed).end + random.between(500, 3_000)
  }
  return { labels: [{ kind: 'preflight-cost', ids: [], savedMs: sum(total) }], end: at }
}

function plantTasks(stage: Stage, at: number): Planted {
  const { session, random } = stage
  const path = routeOf(stage, 'grid')
  const hits: Placed[] = []
  let saved = 0
  at = Math.max(at, 2_000)
  for (let i = 0; i < random.integer(6, 12); i++) {
    const each = session.request(at, {
      path: `${path}?view=${i}`,
      site: ['loadGrid', 'Grid'],
      size: 60_000,
      decoded: 600_000,
    })
    at = each.end
    if (random.chance(0.85) || i < 3) {
      const task = random.around(210)
      session.longTask(each.end + random.between(0, 25), task)
      saved += task - 50
      hits.push(each)
      at += task
    }
    at += random.between(1_500, 6_000)
  }
  return planted('long-task-after-response', hits, saved, at)
}

function plantHanging(stage: Stage, at: number): Planted {
  const { session, random } = stage
  const path = routeOf(stage, 'confirm')
  for (let i = 0; i < 5; i++)
    at =
      session.request(at, { path: `${path}/${100 + i}`, site: ['confirm', 'onClick'] }).end + random.between(900, 4_000)
  const stuck = session.request(at, { path: `${path}/999`, site: ['confirm', 'onClick'], hangs: true })
  // Something goes on until long after.
  session.request(at + 70_000, { path: '/api/heartbeat/late', site: ['late', 'main'] })
  return planted('never-ending', [stuck], 0, at + 500)
}

function plantChatty({ session, random }: Stage, at: number): Planted {
  const life = random.between(15_000, 60_000)
  const messages = Math.round((life / 1_000) * random.between(70, 300))
  const each = session.connection(at, {
    path: '/cursor',
    kind: 'websocket',
    life,
    messages,
    bytes: messages * random.integer(20, 250),
  })
  return planted('chatty-websocket', [each], 0, at + 1_000)
}

function plantSetup({ session, random }: Stage, at: number): Planted {
  const placed: Placed[] = []
  let saved = 0
  for (const host of ['cdn.fonts.example', 'geo.services.example', 'pay.provider.example', 'avatars.example'].slice(
    0,
    random.integer(3, 4),
  )) {
    const [dns, connect] = [random.between(40, 90), random.between(110, 240)]
    const each = session.request(at, {
      path: '/v1/data',
      origin: `https://${host}`,
      site: ['loadForeign', host.replace(/\W/g, '_')],
      dns,
      connect,
    })
    session.request(each.end + random.between(900, 4_000), {
      path: '/v1/more',
      origin: `https://${host}`,
      site: ['loadMore', host.replace(/\W/g, '_')],
    })
    placed.push(each)
    saved += dns + connect
    at += random.between(300, 900)
  }
  return planted('connection-setup', placed, saved)
}

function plantRedirects(stage: Stage, at: number): Planted {
  const { session, random } = stage
  const path = routeOf(stage, 'old')
  const placed: Placed[] = []
  let saved = 0
  for (let i = 0; i < random.integer(4, 10); i++) {
    const redirect = random.around(110)
    saved += redirect
    placed.push(
      session.request(at, { path: `${path}/${random.integer(1, 999)}`, site: ['loadOld', 'onClick'], redirect }),
    )
    at = (placed.at(-1) as Placed).end + random.between(1_500, 6_000)
  }
  return planted('redirect-chain', placed, saved)
}

function plantSlower(stage: Stage, at: number): Planted {
  const { session, random } = stage
  const path = routeOf(stage, 'list')
  const usual = random.between(80, 160)
  const factor = random.between(2.2, 3.5)
  const count = random.integer(110, 180)
  const change = Math.round(count * random.between(0.4, 0.65))
  const placed: Placed[] = []
  for (let i = 0; i < count; i++) {
    placed.push(
      session.request(at, {
        path,
        site: ['loadListAgain', 'onFilter'],
        server: random.around(usual * (i < change ? 1 : factor), 0.3),
        size: 2_000 + (i % 700),
      }),
    )
    at = (placed.at(-1) as Placed).end + random.between(200, 2_500)
  }
  const before = median(placed.slice(0, change).map(lengthOf))
  const later = placed.slice(change)
  return planted('slower-since', later, sum(later.map(each => Math.max(0, lengthOf(each) - before))))
}

function plantLeak({ session, random }: Stage, at: number): Planted {
  let floor = random.between(15e6, 25e6)
  let used = floor
  for (let time = 0; time < 300_000; time += 1_000) {
    floor += random.between(0.08e6, 0.16e6)
    used += random.between(0.4e6, 1.4e6)
    if (used > floor * 1.6) used = floor * random.between(0.99, 1.02)
    session.heap(at + time, used)
  }
  return { labels: [{ kind: 'heap-growth', ids: [], savedMs: 0 }], end: at }
}

function plantLeftBehind(stage: Stage, at: number): Planted {
  const { session, app, random } = stage
  const placed = Array.from({ length: random.integer(7, 14) }, (_, i) =>
    session.request(at + i * 9, {
      path: `/api/${app.nouns[5]}/${random.integer(1, 9_000)}/preview`,
      site: ['loadPreview', 'Card'],
      endUnknown: 'page-left',
    }),
  )
  session.navigate(at + 300, '/elsewhere')
  return planted('work-after-leaving', placed, 0, at + 500)
}

export const PROBLEMS: Readonly<Record<string, Problem>> = {
  'n-plus-one': plantNPlusOne,
  'n-plus-one (custom)': plantNestedRequests,
  'duplicate-in-flight': plantDuplicates,
  'repeated-get': plantRepeats,
  'serial-waterfall': plantWaterfall,
  'serial-waterfall (custom)': plantSerialChildren,
  'retry-storm': plantRetryStorm,
  'poll-too-often': plantPoll,
  'slow-tail': plantSlowTail,
  'connection-queue': plantQueue,
  'slow-server': plantSlowServer,
  'large-response': plantLarge,
  uncompressed: plantUncompressed,
  'failing-route': plantFailing,
  'wasted-aborts': plantAborts,
  'preflight-cost': plantPreflights,
  'long-task-after-response': plantTasks,
  'never-ending': plantHanging,
  'chatty-websocket': plantChatty,
  'connection-setup': plantSetup,
  'redirect-chain': plantRedirects,
  'slower-since': plantSlower,
  'heap-growth': plantLeak,
  'work-after-leaving': plantLeftBehind,
}
