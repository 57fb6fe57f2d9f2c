// Model: the keys of the filter, and the values that they take.
import { KINDS, OUTCOMES } from '../../wire/operations.ts'
import { FIELDS_BY_KEY, FIELDS_BY_WORD, type RequestField } from '../operation-fields.ts'
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

const IS_WORDS = ['running', 'slow', 'from-cache', ...FIELDS_BY_WORD.keys()]

/** By the word that the user types. */
export const FILTER_KEYS: ReadonlyMap<string, FilterKey> = new Map<string, FilterKey>([
  ['kind', { type: 'word', key: 'kind', words: [...KINDS, 'other'], about: 'fetch, xhr, custom, other …' }],
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
  ['initiator', { type: 'text', key: 'initiator', about: 'part of the frame that started it, such as app.js:12' }],
  ['error', { type: 'text', key: 'error', about: 'part of the error’s name or message' }],
  ...Array.from(FIELDS_BY_KEY, ([key, field]) => [key, fieldKey(key, field)] as const),
  ['is', { type: 'word', key: 'is', words: IS_WORDS, about: IS_WORDS.join(', ') }],
  ['has', { type: 'word', key: 'has', words: ['error', 'metadata', 'parent'], about: 'error, metadata, parent' }],
])

/** The key that was most likely meant by a word that is none; with at most so many letters wrong. */
export function similarKey(word: string, maxTypos = 2): string | undefined {
  let best: { key: string; typos: number } | undefined
  for (const key of FILTER_KEYS.keys()) {
    // With more than a third of its letters wrong a word is another one.
    const most = Math.min(maxTypos, Math.floor(key.length / 3))
    if (Math.abs(key.length - word.length) > most) continue
    const typos = typosBetween(word, key)
    if (typos <= most && typos < (best?.typos ?? Number.POSITIVE_INFINITY)) best = { key, typos }
  }
  return best?.key
}

/**
 * How many letters are missing, added, replaced, or swapped with the next one.
 * https://en.wikipedia.org/wiki/Damerau-Levenshtein_distance#Optimal_string_alignment_distance
 */
function typosBetween(a: string, b: string): number {
  const rows: number[][] = []
  for (let i = 0; i <= a.length; i++) {
    const row: number[] = []
    for (let j = 0; j <= b.length; j++) {
      const at = (rowsBack: number, columnsBack: number): number =>
        (rowsBack === 0 ? row : rows[i - rowsBack])?.[j - columnsBack] ?? Number.POSITIVE_INFINITY
      const replaced = at(1, 1) + (a[i - 1] === b[j - 1] ? 0 : 1)
      const swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? at(2, 2) + 1 : Number.POSITIVE_INFINITY
      row.push(i + j === 0 ? 0 : Math.min(at(1, 0) + 1, at(0, 1) + 1, replaced, swapped))
    }
    rows.push(row)
  }
  return rows.at(-1)?.at(-1) ?? 0
}

function fieldKey(key: string, { filter, unit }: RequestField): FilterKey {
  const about = filter && 'about' in filter ? filter.about : ''
  return unit ? { type: 'number', key: key as NumberKey, unit, about } : { type: 'text', key: key as TextKey, about }
}
