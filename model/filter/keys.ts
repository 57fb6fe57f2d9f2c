// Model: the keys of the filter, and the values that they take.
import { KINDS, OUTCOMES } from '../../wire/operations.ts'
import type { NumberKey, TextKey, WordKey } from './term.ts'

interface About {
  /** Shown in the completion. */
  about: string
}

export type FilterKey = About &
  (
    | { type: 'text'; key: TextKey }
    | { type: 'number'; key: NumberKey; unit: 'ms' | 'bytes' | 'none'; comparison?: '>' | '<' }
    | { type: 'word'; key: WordKey; words: readonly string[] }
  )

/** By the word that the user types. */
export const FILTER_KEYS: ReadonlyMap<string, FilterKey> = new Map<string, FilterKey>([
  ['kind', { type: 'word', key: 'kind', words: KINDS, about: 'fetch, xhr, custom …' }],
  [
    'outcome',
    { type: 'word', key: 'outcome', words: [...OUTCOMES.slice(1), 'pending'], about: 'ok, failed, cancelled, pending' },
  ],
  ['duration', { type: 'number', key: 'duration', unit: 'ms', about: 'duration>300, duration:1s..5s' }],
  ['status', { type: 'number', key: 'status', unit: 'none', about: 'status:404, status:5xx, status>=400' }],
  ['method', { type: 'text', key: 'method', about: 'GET, POST …' }],
  ['name', { type: 'text', key: 'name', about: 'part of the name, or name="whole name"' }],
  ['route', { type: 'text', key: 'route', about: 'part of the route, such as GET /users/:id' }],
  ['url', { type: 'text', key: 'url', about: 'part of the URL' }],
  ['domain', { type: 'text', key: 'domain', about: 'api.example.com, *.example.com' }],
  ['size', { type: 'number', key: 'size', unit: 'bytes', about: 'transferred: size:1k..2M' }],
  ['larger-than', { type: 'number', key: 'size', unit: 'bytes', comparison: '>', about: 'transferred: 100k' }],
  ['smaller-than', { type: 'number', key: 'size', unit: 'bytes', comparison: '<', about: 'transferred: 1M' }],
  ['frame', { type: 'text', key: 'frame', about: 'top, an id, or part of the frame’s URL' }],
  ['error', { type: 'text', key: 'error', about: 'part of the error’s name or message' }],
  ['is', { type: 'word', key: 'is', words: ['running', 'slow', 'from-cache'], about: 'running, slow, from-cache' }],
  ['has', { type: 'word', key: 'has', words: ['error', 'metadata', 'parent'], about: 'error, metadata, parent' }],
])
