// Node: the kinds of apps that sessions are made of.
import type { AppTraits } from './app-session.ts'
import type { Random } from './random.ts'

const FRAMEWORKS = {
  react: ['reactCommitHookEffects', 'reactFlushPassive', 'reactPerformWork'],
  vue: ['vueCallWithErrorHandling', 'vueFlushJobs'],
  angular: ['zoneInvokeTask', 'zoneRunTask'],
  none: [],
} as const

type Shape = Partial<AppTraits> & { name: string; framework: readonly string[] }

/** Each has nouns for its own paths. */
export interface AppKind extends Shape {
  nouns: readonly string[]
}

export const APP_KINDS: readonly AppKind[] = [
  {
    name: 'shop',
    framework: FRAMEWORKS.react,
    nouns: ['products', 'categories', 'cart', 'reviews', 'stock', 'offers'],
  },
  {
    name: 'mail',
    framework: FRAMEWORKS.none,
    kind: 'xhr',
    nouns: ['messages', 'folders', 'contacts', 'labels', 'drafts', 'threads'],
  },
  {
    name: 'dashboard',
    framework: FRAMEWORKS.angular,
    nouns: ['metrics', 'reports', 'alerts', 'widgets', 'teams', 'budgets'],
  },
  {
    name: 'chat',
    framework: FRAMEWORKS.react,
    nouns: ['channels', 'members', 'threads', 'emoji', 'presence', 'files'],
  },
  {
    name: 'editor',
    framework: FRAMEWORKS.vue,
    nouns: ['documents', 'comments', 'revisions', 'templates', 'fonts', 'shares'],
  },
  { name: 'map', framework: FRAMEWORKS.none, nouns: ['places', 'routes', 'layers', 'traffic', 'stops', 'favourites'] },
  {
    name: 'admin',
    framework: FRAMEWORKS.none,
    kind: 'xhr',
    protocol: 'http/1.1',
    nouns: ['users', 'roles', 'invoices', 'audits', 'plans', 'keys'],
  },
  { name: 'feed', framework: FRAMEWORKS.react, nouns: ['posts', 'profiles', 'stories', 'likes', 'groups', 'trends'] },
  {
    name: 'media',
    framework: FRAMEWORKS.react,
    protocol: 'h3',
    nouns: ['tracks', 'albums', 'artists', 'playlists', 'lyrics', 'radios'],
  },
  { name: 'pages', framework: FRAMEWORKS.none, nouns: ['articles', 'authors', 'tags', 'archive', 'polls', 'ads'] },
  {
    name: 'tasks',
    framework: FRAMEWORKS.vue,
    nouns: ['boards', 'cards', 'sprints', 'estimates', 'attachments', 'watchers'],
  },
  {
    name: 'travel',
    framework: FRAMEWORKS.angular,
    nouns: ['flights', 'hotels', 'seats', 'fares', 'airports', 'bookings'],
  },
  {
    name: 'development',
    framework: FRAMEWORKS.react,
    protocol: 'http/1.1',
    origin: 'http://localhost:5173',
    api: 'http://localhost:5173',
    nouns: ['items', 'owners', 'stores', 'orders', 'prices', 'events'],
  },
]

/** A kind with the traits that vary from one session to the next. */
export function traitsOf(kind: AppKind, random: Random): AppTraits {
  const origin = kind.origin ?? `https://${kind.name}.example`
  return {
    name: kind.name,
    origin,
    api: kind.api ?? (random.chance(0.4) ? `https://api.${kind.name}.example` : origin),
    protocol: kind.protocol ?? random.pick(['h2', 'h2', 'h3']),
    roundTrip: kind.origin ? 1 : random.between(8, 60),
    serverMs: random.between(25, 110),
    bandwidth: random.between(600, 4_000),
    kind: kind.kind ?? (random.chance(0.2) ? 'xhr' : 'fetch'),
    hasStacks: random.chance(0.8),
    hasTimings: true,
    onlyDevtools: random.chance(0.25),
    client: random.pick([['request', 'fetchJson'], ['axiosRequest', 'axiosDispatch'], ['sendRequest'], []]),
    framework: kind.framework,
    knowsHeaders: random.chance(0.7),
    version: random.chance(0.15) ? 1 : 2,
  }
}
