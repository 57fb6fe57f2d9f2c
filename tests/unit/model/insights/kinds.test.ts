import { describe, expect, test } from 'vitest'
import type { AppSession, AppTraits } from '../../../../bench/insights/generator/app-session.ts'
import { INSIGHT_KINDS, type InsightKind } from '../../../../model/insights/insight.ts'
import type { SessionOperation } from '../../../../session/format.ts'
import { ask, claims, inventedSession } from './invented-session.ts'

type Make = (session: AppSession) => void

interface Cases {
  /** Just enough, and just not. */
  found: Record<string, Make>
  silent: Record<string, Make>
  traits?: Partial<AppTraits>
}

const items =
  (count: number, gap = 5, server = 60): Make =>
  session => {
    ask(session, 0, 1, 0, () => ({ path: '/api/users' }))
    ask(session, 80, count, gap, i => ({ path: `/api/users/${i + 1}`, server }))
  }
const same =
  (count: number, gap: number, extra: object = {}, path = '/api/list'): Make =>
  session => {
    ask(session, 0, count, gap, () => ({ path, size: 1_000, decoded: 3_000, ...extra }))
  }
/** Pauses of a person: never alike. */
const irregular =
  (count: number, spec: (i: number) => object, scale = 1): Make =>
  session => {
    let at = 0
    for (let i = 0; i < count; i++) {
      ask(session, at, 1, 0, () => ({ path: '/api/list', decoded: 3_000, ...spec(i) }))
      at += ([400, 2_900, 900, 6_100, 1_500, 300, 4_000][i % 7] as number) * scale
    }
  }
const chain =
  (paths: string[], gap = 5, extra: object = {}): Make =>
  session => {
    ask(session, 0, paths.length, -gap, i => ({ path: paths[i] as string, server: 200, ...extra }))
  }
/** The same request fails; the next follows after each pause. */
const afterPauses =
  (pauses: readonly number[]): Make =>
  session => {
    let at = 0
    for (const pause of pauses) at = ask(session, at, 1, -pause, () => ({ path: '/api/x', status: 503 }))
  }
const OTHER_SITE = 'https://counter.other.example'
const withoutSize = (operation?: SessionOperation): void => {
  for (const key of ['transferSize', 'encodedBodySize', 'decodedBodySize'] as const) delete operation?.http?.[key]
}
const failing = (count: number, gap: number, extra: object = {}): Make => same(count, gap, { status: 503, ...extra })
const heap =
  (floorAt: (minute: number) => number, minutes = 5): Make =>
  session => {
    for (let second = 0; second < minutes * 60; second++) {
      session.heap(second * 1_000, floorAt(second / 60) * 1e6 * (1 + (second % 20) / 30))
    }
  }
/** Each URL in turn, with a preflight each time. */
const preflights =
  (count: number, urls: number): Make =>
  session => {
    for (let i = 0; i < count; i++) {
      session.preflight(i * 900, `/api/x/${i % urls}`, 60)
      ask(session, i * 900 + 61, 1, 0, () => ({ path: `/api/x/${i % urls}` }))
    }
  }
const settled =
  (before: number, after: number, seconds = 130): Make =>
  session => {
    session.settle(20_000, before * 1e6)
    session.settle(20_000 + seconds * 1_000, after * 1e6)
  }

const CASES: Record<InsightKind, Cases> = {
  'n-plus-one': {
    found: {
      'six at once': items(6),
      'one by one': session => void ask(session, 0, 8, -10, i => ({ path: `/api/users/${i + 1}` })),
      'by a parameter': session => void ask(session, 0, 8, 5, i => ({ path: `/api/labels?user_id=${i + 1}` })),
      'of one GraphQL operation': session =>
        void ask(session, 0, 8, 5, () => ({ path: '/graphql', method: 'POST', graphql: 'User' })),
      'of the app, one by one within another': session => {
        const { id } = session.custom(0, 'refresh', 1_000)
        for (let i = 0; i < 6; i++) session.custom(i * 110, 'load product', 100, id)
      },
    },
    silent: {
      'five at once': items(5),
      'too short in all': items(6, 5, 20),
      'at a human pace': items(10, 900),
      'pages of a list': session => void ask(session, 0, 10, 5, i => ({ path: `/api/users?page=${i}` })),
      'a search within one item': session =>
        void ask(session, 0, 10, 5, i => ({ path: `/api/users/42/search?q=word${i}` })),
      'a date that is the same in all': session =>
        void ask(session, 0, 10, 5, i => ({ path: `/reports/2026-11-29/rows?part=${'abcdefghij'[i]}` })),
      tiles: session => void ask(session, 0, 20, 5, i => ({ path: `/tiles/12/${2_000 + i}/1343.png` })),
      'large bodies': session => void ask(session, 0, 8, 5, i => ({ path: `/api/users/${i}`, size: 60_000 })),
      writes: session => void ask(session, 0, 8, 5, i => ({ path: `/api/users/${i}`, method: 'PUT' })),
      'one URL': session => void ask(session, 0, 8, 5, () => ({ path: '/api/users/7' })),
      'from different places': session =>
        void ask(session, 0, 8, 5, i => ({ path: `/api/users/${i}`, site: [`load${i}`] })),
      prefetching: session => void ask(session, 0, 8, 5, i => ({ path: `/api/users/${i}`, site: ['prefetchUser'] })),
      'of the app, all at once': session => {
        const { id } = session.custom(0, 'refresh', 1_000)
        for (let i = 0; i < 6; i++) session.custom(i, 'load product', 500, id)
      },
    },
  },
  'duplicate-in-flight': {
    found: {
      'two superfluous': same(3, 10),
      'parameters in another order': session =>
        void ask(session, 0, 3, 10, i => ({ path: i % 2 ? '/api/x?b=2&a=1' : '/api/x?a=1&b=2' })),
      'with a cache buster': session => void ask(session, 0, 3, 10, i => ({ path: `/api/x?_=${17_000 + i}` })),
    },
    silent: {
      'one superfluous': same(2, 10),
      'one after the other': same(4, 900),
      'the first was cancelled': same(4, 10, { cancelAfter: 15 }),
      'parts of a file': same(4, 10, { status: 206 }),
      'from a cache': same(4, 0.1, { fromCache: true }),
      'other parameters': session => void ask(session, 0, 4, 10, i => ({ path: `/api/x?a=${i}` })),
    },
  },
  'repeated-get': {
    found: {
      'five times': irregular(5, () => ({})),
      'confirmed by 304': irregular(6, i => ({ status: i ? 304 : 200 })),
      'one size of six unknown': session => {
        irregular(6, () => ({}))(session)
        withoutSize(session.operations[2])
      },
    },
    silent: {
      'four times': irregular(4, () => ({})),
      'what must not be stored': irregular(8, () => ({ headers: { cacheControl: 'private, no-store' } })),
      'at regular times': same(10, 3_000),
      'five times at regular times': same(5, 3_000),
      'four sizes known, of seven': session => {
        irregular(7, () => ({}))(session)
        for (const i of [1, 2, 4]) withoutSize(session.operations[i])
      },
      'a timer whose period changes': session => {
        ask(session, 0, 8, 3_000, () => ({ path: '/api/list', decoded: 3_000 }))
        ask(session, 24_000, 8, 9_000, () => ({ path: '/api/list', decoded: 3_000 }))
      },
      'when the window gets the focus': irregular(6, () => ({}), 60),
      'different answers': irregular(8, i => ({ size: 500 + i * 90, decoded: 3_000 + i * 70 })),
      'tiny answers': irregular(8, () => ({ size: 90, decoded: 200 })),
      'after a write': session => {
        irregular(8, () => ({}))(session)
        ask(session, 2_000, 1, 0, () => ({ path: '/api/list', method: 'POST' }))
      },
      'held open by the server': same(8, -20, { server: 7_000 }),
    },
  },
  'serial-waterfall': {
    found: {
      three: chain(['/api/a', '/api/b', '/api/c']),
      'something else meanwhile': session => {
        chain(['/api/a', '/api/b', '/api/c', '/api/d'])(session)
        ask(session, 100, 5, 190, i => ({ path: `/api/other/${'xyzuv'[i]}`, site: ['elsewhere'], server: 90 }))
      },
      'one id that all have': chain(['/api/users/7/a', '/api/users/7/b', '/api/users/7/c']),
      'of the app': session => {
        const { id } = session.custom(0, 'export', 900)
        for (const [i, name] of ['rows', 'charts', 'notes'].entries()) session.custom(i * 205, name, 200, id)
      },
    },
    silent: {
      two: chain(['/api/a', '/api/b']),
      'too short': chain(['/api/a', '/api/b', '/api/c'], 5, { server: 130 }),
      'pauses between': chain(['/api/a', '/api/b', '/api/c'], 45),
      'an id from an answer': chain(['/api/a', '/api/b/71', '/api/c/712/d']),
      'a write between': session => {
        chain(['/api/a', '/api/b'])(session)
        const at = ask(session, 440, 1, -5, () => ({ path: '/api/orders', method: 'POST', server: 200 }))
        ask(session, at, 2, -5, i => ({ path: `/api/${'cd'[i]}`, server: 200 }))
      },
      'sign-in first': chain(['/api/config', '/api/auth/session', '/api/me', '/api/a']),
      'of different parts': session =>
        void ask(session, 0, 4, -5, i => ({ path: `/api/${'abcd'[i]}`, server: 200, site: [`part${i}`] })),
      pages: chain(['/api/a?page=1', '/api/a?page=2', '/api/a?page=3', '/api/a?page=4']),
      'all at once': session => void ask(session, 0, 4, 2, i => ({ path: `/api/${'abcd'[i]}`, server: 200 })),
    },
    traits: { client: [] },
  },
  'retry-storm': {
    found: {
      'five times': failing(5, -200),
      'without an answer': failing(6, -200, { netError: 'net::ERR_CONNECTION_REFUSED' }),
      'with 429': failing(6, -1_000, { status: 429 }),
      'after milliseconds that happen to grow': afterPauses([0.3, 2, 9, 8, 14, 7, 12]),
      'refused at once, and DevTools says why': session => {
        session.traits.onlyDevtools = true
        failing(6, -200, { netError: 'net::ERR_CONNECTION_REFUSED', server: 2, origin: OTHER_SITE })(session)
      },
      'refused at once by a server of the app': failing(6, -200, {
        netError: '',
        server: 2,
        origin: 'https://api.test.example',
      }),
    },
    silent: {
      'four times': failing(4, -200),
      'pauses of 6 s': failing(8, -6_000),
      'with growing pauses': afterPauses([200, 400, 800, 1_600, 3_200, 4_500]),
      'with growing pauses from 20 ms on': afterPauses([20, 40, 80, 160, 320, 640]),
      'with pauses that grow up to a limit': afterPauses([500, 1_000, 2_000, 4_000, 4_000, 4_000, 4_000, 4_000]),
      'refused by the server for good': failing(8, -200, { status: 403 }),
      'refused at once by another site': failing(8, -200, { netError: '', server: 2, origin: OTHER_SITE }),
      'blocked, though DevTools saw only some of them': session => {
        for (let i = 0; i < 8; i++) {
          session.traits.onlyDevtools = i === 0
          ask(session, i * 900, 1, 0, () => ({ path: '/api/x', netError: 'net::ERR_BLOCKED_BY_CLIENT', server: 2 }))
        }
      },
      'blocked by an extension': session => {
        session.traits.onlyDevtools = true
        failing(8, -200, { netError: 'net::ERR_BLOCKED_BY_CLIENT' })(session)
      },
    },
  },
  'poll-too-often': {
    found: {
      'fifteen times': same(15, 2_000),
      'each 5 s': same(20, 5_000),
      'with 304': same(20, 1_000, { status: 304 }),
      'from a place that is not known of some': session => {
        same(16, 2_000)(session)
        for (const i of [3, 4, 9]) delete session.operations[i]?.http?.stack
      },
      'of an item whose view is closed': session => {
        same(20, 1_000, {}, '/api/orders/812')(session)
        ask(session, 60_000, 1, 0, () => ({ path: '/api/other' }))
      },
      'with a cursor': session =>
        void ask(session, 0, 20, 2_000, i => ({ path: `/api/list?since=${1_700_000 + i}`, decoded: 3_000 })),
    },
    silent: {
      'fourteen times': same(14, 2_000),
      'each 6 s': same(20, 6_000),
      'with news': session =>
        void ask(session, 0, 30, 2_000, i => ({ path: '/api/list', size: 500 + i, decoded: 900 + i * 3 })),
      'a job that ends': session => {
        ask(session, 0, 20, 1_000, i => ({ path: '/api/jobs/812', decoded: i < 19 ? 240 : 260 }))
        ask(session, 60_000, 1, 0, () => ({ path: '/api/other' }))
      },
      'held open': same(20, -100, { server: 2_000 }),
      'words that are typed at a steady pace': session =>
        void ask(session, 0, 20, 400, i => ({
          path: `/api/find?text=${'abcdefghijklmnopqrst'.slice(0, i + 1)}`,
          decoded: 3_000,
        })),
      'one word after the other': session =>
        void ask(session, 0, 20, 2_000, i => ({
          path: `/api/find?lang=en&q=${'word'.repeat(1 + (i % 4))}`,
          decoded: 3_000,
        })),
      'at a human pace': irregular(30, () => ({})),
    },
  },
  'slow-tail': {
    found: {
      'three of 40': session =>
        void ask(session, 0, 40, 1_500, i => ({
          path: '/api/x',
          server: i % 13 === 5 ? 1_000 : 60 + (i % 9),
          size: 900 + ((i * 37) % 90),
        })),
    },
    silent: {
      'of 29': session =>
        void ask(session, 0, 29, 1_500, i => ({ path: '/api/x', server: i % 13 === 5 ? 1_000 : 60 + (i % 9) })),
      'less than 300 ms more': session =>
        void ask(session, 0, 60, 1_500, i => ({ path: '/api/x', server: i % 10 === 5 ? 320 : 60 + (i % 9) })),
      'half of them': session =>
        void ask(session, 0, 60, 1_500, i => ({ path: '/api/x', server: i % 2 ? 1_000 : 60 + (i % 9) })),
      'the size explains it': session =>
        void ask(session, 0, 60, 1_500, i => ({ path: '/api/x', size: i % 10 === 5 ? 800_000 : 1_000 })),
      'waiting for a connection': session =>
        void ask(session, 0, 60, 1_500, i => ({ path: '/api/x', queued: i % 10 === 5 ? 900 : 1 })),
      'a busy page': session => {
        ask(session, 0, 60, 1_500, i => ({ path: '/api/x', server: i % 10 === 5 ? 1_000 : 60 }))
        for (let i = 5; i < 60; i += 10) session.longTask(i * 1_500 + 20, 900)
      },
    },
  },
  'connection-queue': {
    found: {
      'three of nine': session =>
        void ask(session, 0, 9, 1, i => ({
          path: `/api/${'abcdefghi'[i]}`,
          server: 300,
          queued: i < 6 ? 1 : 300,
          site: [`s${i}`],
        })),
    },
    silent: {
      'two of eight': session =>
        void ask(session, 0, 8, 1, i => ({ path: `/api/${'abcdefgh'[i]}`, server: 300, queued: i < 6 ? 1 : 300 })),
      'less than 250 ms': session =>
        void ask(session, 0, 9, 1, i => ({ path: `/api/${'abcdefghi'[i]}`, server: 300, queued: i < 6 ? 1 : 240 })),
      'HTTP/2': session =>
        void ask(session, 0, 9, 1, i => ({
          path: `/api/${'abcdefghi'[i]}`,
          server: 300,
          queued: i < 6 ? 1 : 300,
          protocol: 'h2',
        })),
      'few others': session =>
        void ask(session, 0, 9, 900, i => ({ path: `/api/${'abcdefghi'[i]}`, server: 300, queued: 300 })),
      'a service worker': session =>
        void ask(session, 0, 9, 1, i => ({
          path: `/api/${'abcdefghi'[i]}`,
          server: 300,
          queued: i < 6 ? 1 : 300,
          serviceWorker: true,
        })),
    },
    traits: { protocol: 'http/1.1' },
  },
  'slow-server': {
    found: {
      'three of 850 ms': session => {
        ask(session, 0, 2, 900, () => ({ path: '/api/fast', server: 20 }))
        ask(session, 5_000, 3, 3_000, () => ({ path: '/api/slow', server: 850 }))
      },
    },
    silent: {
      two: session => {
        ask(session, 0, 2, 900, () => ({ path: '/api/fast', server: 20 }))
        ask(session, 5_000, 2, 3_000, () => ({ path: '/api/slow', server: 1_500 }))
      },
      'of 700 ms': session => {
        ask(session, 0, 2, 900, () => ({ path: '/api/fast', server: 20 }))
        ask(session, 5_000, 4, 3_000, () => ({ path: '/api/slow', server: 700 }))
      },
      'a slow network': session =>
        void ask(session, 0, 12, 3_000, i => ({ path: `/api/${'abc'[i % 3]}`, server: 1_200 })),
      writes: session => {
        ask(session, 0, 2, 900, () => ({ path: '/api/fast', server: 20 }))
        ask(session, 5_000, 4, 3_000, () => ({ path: '/api/pay', method: 'POST', server: 1_500 }))
      },
      'held open': session => {
        ask(session, 0, 2, 900, () => ({ path: '/api/fast', server: 20 }))
        ask(session, 5_000, 6, -50, () => ({ path: '/api/wait', server: 3_000 }))
      },
    },
  },
  'large-response': {
    found: { 'two of 1.2 MB': same(2, 5_000, { size: 1_200_000, decoded: 5e6, receive: 600 }) },
    silent: {
      one: same(1, 0, { size: 1_200_000, decoded: 5e6, receive: 2_000 }),
      'of 290 kB': same(4, 5_000, { size: 290_000, decoded: 1e6, receive: 600 }),
      quick: same(4, 5_000, { size: 1_200_000, decoded: 5e6, receive: 150 }),
      files: same(3, 5_000, { size: 1_200_000, decoded: 1_200_000, receive: 600 }),
      downloads: same(3, 5_000, { size: 1_200_000, decoded: 1_300_000, receive: 600 }, '/api/report.pdf'),
      'a stream': session => {
        same(3, 20_000, { size: 400_000, decoded: 900_000, receive: 15_000 })(session)
        ask(session, 90_000, 2, 900, () => ({ path: '/api/x', size: 900_000, decoded: 3e6, receive: 150 }))
      },
    },
  },
  uncompressed: {
    found: { '210 kB': same(3, 5_000, { size: 70_000, decoded: 70_000, receive: 80 }) },
    silent: {
      '190 kB': same(2, 5_000, { size: 95_000, decoded: 95_000, receive: 120 }),
      compressed: same(4, 5_000, { size: 70_000, decoded: 210_000, receive: 80 }),
      'in no time': same(4, 5_000, { size: 70_000, decoded: 70_000, receive: 20 }),
      assets: same(4, 5_000, { size: 70_000, decoded: 70_000, receive: 80 }, '/app.js'),
      'files of users': same(4, 5_000, { size: 70_000, decoded: 70_000, receive: 80 }, '/api/attachments/7'),
    },
  },
  'failing-route': {
    found: {
      'three of three': failing(3, 9_000),
      'three of thirty': session =>
        void ask(session, 0, 30, 3_000, i => ({ path: '/api/x', status: i % 10 ? 200 : 500 })),
    },
    silent: {
      two: failing(2, 9_000),
      'three of 31': session =>
        void ask(session, 0, 31, 3_000, i => ({ path: '/api/x', status: [3, 9, 15].includes(i) ? 500 : 200 })),
      'a new token': session => {
        for (let i = 0; i < 4; i++) ask(session, i * 9_000, 2, 300, k => ({ path: '/api/x', status: k ? 200 : 401 }))
      },
      'a back-off that succeeds': session => {
        let at = 0
        for (const [i, pause] of [200, 400, 800, 1_600, 0].entries())
          at = ask(session, at, 1, -pause, () => ({ path: '/api/x', status: i < 4 ? 503 : 200 }))
      },
      'questions whether something exists': same(5, 900, { method: 'HEAD', status: 404 }),
      cancelled: same(5, 900, { cancelAfter: 20 }),
    },
  },
  'wasted-aborts': {
    found: {
      'ten of sixteen': session =>
        void ask(session, 0, 16, 900, i => ({ path: '/api/find', ...(i < 10 ? { cancelAfter: 60 } : {}) })),
    },
    silent: {
      'nine of nine': same(9, 900, { cancelAfter: 60 }),
      'ten of eighteen': session =>
        void ask(session, 0, 18, 900, i => ({ path: '/api/find', ...(i < 10 ? { cancelAfter: 60 } : {}) })),
      'at once': same(20, 900, { cancelAfter: 20 }),
    },
  },
  'preflight-cost': {
    found: {
      'five for URLs that had one before': preflights(10, 5),
      five: session => {
        for (let i = 0; i < 5; i++) {
          session.preflight(i * 900, '/api/x', 60)
          ask(session, i * 900 + 61, 1, 0, () => ({ path: '/api/x' }))
        }
      },
    },
    silent: {
      four: session => {
        for (let i = 0; i < 4; i++) {
          session.preflight(i * 900, '/api/x', 60)
          ask(session, i * 900 + 61, 1, 0, () => ({ path: '/api/x' }))
        }
      },
      'four for URLs that had one before': preflights(9, 5),
      'few of many': session => {
        for (let i = 0; i < 6; i++) session.preflight(i * 900, '/api/x', 60)
        ask(session, 9_000, 40, 900, () => ({ path: '/api/x' }))
      },
      'the first of each URL': session => {
        for (let i = 0; i < 8; i++) {
          session.preflight(i * 900, `/api/${'abcdefgh'[i]}`, 60)
          ask(session, i * 900 + 61, 1, 0, () => ({ path: `/api/${'abcdefgh'[i]}` }))
        }
      },
    },
  },
  'long-task-after-response': {
    found: {
      three: session => {
        for (let i = 2; i < 5; i++) {
          ask(session, i * 3_000, 1, 0, () => ({ path: '/api/x' }))
          session.longTask(i * 3_000 + 90, 120)
        }
      },
    },
    silent: {
      two: session => {
        for (let i = 2; i < 4; i++) {
          ask(session, i * 3_000, 1, 0, () => ({ path: '/api/x' }))
          session.longTask(i * 3_000 + 90, 120)
        }
      },
      'less than half': session => {
        for (let i = 2; i < 9; i++) {
          ask(session, i * 3_000, 1, 0, () => ({ path: '/api/x' }))
          if (i < 5) session.longTask(i * 3_000 + 90, 120)
        }
      },
      'of 90 ms': session => {
        for (let i = 2; i < 6; i++) {
          ask(session, i * 3_000, 1, 0, () => ({ path: '/api/x' }))
          session.longTask(i * 3_000 + 90, 90)
        }
      },
      'much later': session => {
        for (let i = 2; i < 6; i++) {
          ask(session, i * 3_000, 1, 0, () => ({ path: '/api/x' }))
          session.longTask(i * 3_000 + 190, 150)
        }
      },
      'tasks all the time': session => {
        ask(session, 3_000, 5, 3_000, () => ({ path: '/api/x' }))
        for (let at = 0; at < 18_000; at += 120) session.longTask(at, 110)
      },
    },
  },
  'never-ending': {
    found: {
      'for 31 s': session => {
        ask(session, 0, 3, 900, i => ({ path: `/api/x/${i}` }))
        ask(session, 5_000, 1, 0, () => ({ path: '/api/x/9', hangs: true }))
        ask(session, 36_000, 1, 0, () => ({ path: '/api/y', server: 10 }))
      },
    },
    silent: {
      'for 29 s': session => {
        ask(session, 0, 3, 900, i => ({ path: `/api/x/${i}` }))
        ask(session, 5_000, 1, 0, () => ({ path: '/api/x/9', hangs: true }))
        ask(session, 33_900, 1, 0, () => ({ path: '/api/y', server: 10 }))
      },
      'others take long too': session => {
        ask(session, 0, 3, 9_000, i => ({ path: `/api/x/${i}`, server: 8_000 }))
        ask(session, 30_000, 1, 0, () => ({ path: '/api/x/9', hangs: true }))
        ask(session, 70_000, 1, 0, () => ({ path: '/api/y' }))
      },
      'a stream': session => {
        ask(session, 0, 1, 0, () => ({ path: '/api/x', unfinished: true }))
        ask(session, 70_000, 1, 0, () => ({ path: '/api/y' }))
      },
      'its page was left': session => {
        ask(session, 0, 1, 0, () => ({ path: '/api/x', endUnknown: 'page-left' }))
        ask(session, 70_000, 1, 0, () => ({ path: '/api/y' }))
      },
    },
  },
  'chatty-websocket': {
    found: {
      '51 a second': session =>
        void session.connection(0, { path: '/live', kind: 'websocket', life: 11_000, messages: 560, bytes: 560 * 100 }),
    },
    silent: {
      '45 a second': session =>
        void session.connection(0, { path: '/live', kind: 'websocket', life: 11_000, messages: 490, bytes: 49_000 }),
      'for 9 s': session =>
        void session.connection(0, { path: '/live', kind: 'websocket', life: 9_900, messages: 5_000, bytes: 5_000 }),
      'large messages': session =>
        void session.connection(0, { path: '/live', kind: 'websocket', life: 11_000, messages: 900, bytes: 900 * 600 }),
    },
  },
  'connection-setup': {
    found: {
      'three origins': session => {
        for (const host of ['a', 'b', 'c'])
          ask(session, 0, 1, 0, () => ({ path: '/x', origin: `https://${host}.example`, dns: 40, connect: 70 }))
      },
    },
    silent: {
      'two origins': session => {
        for (const host of ['a', 'b'])
          ask(session, 0, 1, 0, () => ({ path: '/x', origin: `https://${host}.example`, dns: 140, connect: 170 }))
      },
      'of 90 ms': session => {
        for (const host of ['a', 'b', 'c', 'd'])
          ask(session, 0, 1, 0, () => ({ path: '/x', origin: `https://${host}.example`, dns: 40, connect: 50 }))
      },
      'the own origin': session =>
        void ask(session, 0, 3, 900, i => ({ path: `/${'abc'[i]}`, dns: 140, connect: 170 })),
      'again after a pause': session => {
        for (const host of ['a', 'b', 'c'])
          ask(session, 0, 2, 70_000, i => ({
            path: '/x',
            origin: `https://${host}.example`,
            ...(i ? { connect: 300 } : {}),
          }))
      },
    },
  },
  'redirect-chain': {
    found: { 'three of 70 ms': same(3, 3_000, { redirect: 70 }) },
    silent: { two: same(2, 3_000, { redirect: 200 }), 'of 60 ms': same(3, 3_000, { redirect: 60 }) },
  },
  'slower-since': {
    found: {
      'twice as slow': session =>
        void ask(session, 0, 60, -900, i => ({
          path: '/api/x',
          server: (i < 30 ? 60 : 150) + ((i * 7) % 11),
          size: 900 + i,
        })),
    },
    silent: {
      'a fifth slower': session =>
        void ask(session, 0, 60, -900, i => ({ path: '/api/x', server: (i < 30 ? 200 : 240) + ((i * 7) % 11) })),
      'of 39': session => void ask(session, 0, 39, -900, i => ({ path: '/api/x', server: i < 20 ? 60 : 150 })),
      'for a while': session =>
        void ask(session, 0, 90, -900, i => ({
          path: '/api/x',
          server: (i > 40 && i < 60 ? 150 : 60) + ((i * 7) % 11),
        })),
      'by 20 ms': session =>
        void ask(session, 0, 60, -900, i => ({ path: '/api/x', server: (i < 30 ? 20 : 40) + ((i * 7) % 5) })),
    },
  },
  'heap-growth': {
    found: {
      'for five minutes': heap(minute => 20 + minute * 3),
      'between settled readings': session => {
        heap(() => 20)(session)
        settled(20, 25.2)(session)
      },
    },
    silent: {
      'settled readings that do not rise': session => {
        heap(minute => 20 + minute * 3)(session)
        settled(20, 24.8)(session)
      },
      'settled readings of less than two minutes': session => {
        heap(() => 20)(session)
        settled(20, 40, 110)(session)
      },
      'for a minute': heap(minute => 20 + minute * 20, 1),
      steady: heap(() => 20),
      'caches that fill': heap(minute => (minute < 0.6 ? 12 + minute * 15 : 21)),
      'by 3 MB': heap(minute => 8 + minute * 0.6),
      'by a tenth': heap(minute => 100 + minute * 2),
    },
  },
  'work-after-leaving': {
    found: {
      five: session => {
        ask(session, 0, 5, 5, i => ({ path: `/api/users/${i}`, endUnknown: 'page-left' }))
        session.navigate(200)
      },
      'of different routes': session => {
        ask(session, 0, 5, 5, i => ({ path: `/api/${'abcde'[i]}`, endUnknown: 'page-left' }))
        session.navigate(200)
      },
      'begun at the last moment': session => {
        ask(session, 5_000, 6, 2, i => ({ path: `/api/users/${i}`, server: 300 }))
        session.navigate(5_080)
      },
    },
    silent: {
      four: session => {
        ask(session, 0, 4, 5, i => ({ path: `/api/users/${i}`, endUnknown: 'page-left' }))
        session.navigate(200)
      },
      'two of each of three pages': session => {
        for (let page = 0; page < 3; page++) {
          ask(session, page * 900, 2, 5, i => ({ path: `/api/users/${i}`, endUnknown: 'page-left' }))
          session.navigate(page * 900 + 200)
        }
      },
      'kept alive': session => {
        ask(session, 0, 8, 5, i => ({ path: `/api/save/${i}`, endUnknown: 'page-left', keepalive: true }))
        session.navigate(200)
      },
      'answered before': session => {
        ask(session, 0, 8, 5, i => ({ path: `/api/users/${i}` }))
        session.navigate(3_000)
      },
      beacons: session => {
        ask(session, 0, 8, 5, () => ({ path: '/collect', kind: 'beacon', method: 'POST', endUnknown: 'page-left' }))
        session.navigate(200)
      },
    },
  },
}

describe.each(INSIGHT_KINDS)('%s', kind => {
  const { found, silent, traits } = CASES[kind]
  test.each(Object.keys(found))('is found: %s', async name => {
    const session = inventedSession(traits)
    found[name]?.(session)
    const own = await claims(session, kind)
    expect(own).toHaveLength(1)
  })
  test.each(Object.keys(silent))('is silent: %s', async name => {
    const session = inventedSession(traits)
    silent[name]?.(session)
    expect(await claims(session, kind)).toEqual([])
  })
})
