// Test: arbitrary filter terms, and a naive evaluation of them on an exported operation.
import fc from 'fast-check'
import { routeOf } from '../../../../model/analysis/route.ts'
import { FILTER_KEYS } from '../../../../model/filter/keys.ts'
import type { NumberKey, NumberRange, Pattern, Term } from '../../../../model/filter/term.ts'
import { errorMessage } from '../../../../model/text/reason-text.ts'
import type { SessionDocument, SessionOperation } from '../../../../session/format.ts'

const keys = [...FILTER_KEYS.values()]
const textKeys = keys.flatMap(key => (key.type === 'text' ? key.key : []))
const numberKeys = [...new Set(keys.flatMap(key => (key.type === 'number' ? key.key : [])))]
const words = keys.flatMap(key =>
  key.type === 'word' ? key.words.map(word => ({ type: 'word' as const, key: key.key, word })) : [],
)

const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom(
    'users',
    '/api/users',
    '-x',
    '"',
    '\\',
    '/a/',
    'kind:fetch',
    'GET',
    'top',
    '0',
    '*.example',
    'a b',
    'é',
    'no-store',
    'json',
  ),
)
const source = fc.constantFrom('users', '^get', 'a|b', '\\/api\\/', '[0-9]+$', 'x y', '\\d')
const pattern: fc.Arbitrary<Pattern> = fc.oneof(
  fc.record({ match: fc.constantFrom('part' as const, 'whole' as const), text }),
  fc.record({ match: fc.constant('regex' as const), text: source }),
)
/** A text without a key never matches as a whole, and is never empty. */
const freePattern = pattern.filter(({ match }) => match !== 'whole')

const bound = fc.oneof(fc.nat(700), fc.double({ min: 0, max: 1e7, noNaN: true })).map(value => value + 0)
const oneSided = fc.record({ value: bound, least: fc.boolean(), open: fc.boolean() }).map(({ value, least, open }) => ({
  least: least ? value : Number.NEGATIVE_INFINITY,
  most: least ? Number.POSITIVE_INFINITY : value,
  open,
}))
const twoSided = fc.tuple(bound, bound).map(([a, b]) => ({ least: Math.min(a, b), most: Math.max(a, b), open: false }))
const range = (key: NumberKey): fc.Arbitrary<NumberRange> =>
  fc.oneof(oneSided, twoSided).filter(({ least, most }) => key !== 'duration' || least !== most)

const condition = fc.oneof(
  fc.record({ type: fc.constant('text' as const), key: fc.constantFrom(...textKeys), pattern }),
  fc.record({ type: fc.constant('text' as const), key: fc.constant(null), pattern: freePattern }),
  fc.constantFrom(...numberKeys).chain(key => range(key).map(of => ({ type: 'number' as const, key, range: of }))),
  fc.constantFrom(...words),
)
export const anyTerm: fc.Arbitrary<Term> = fc
  .tuple(condition, fc.boolean())
  .map(([of, negated]) => ({ ...of, negated }))

export interface NaiveInputs {
  documents: readonly SessionDocument[]
  slowThreshold: number
  /** How long each operation without an end has been running, by id. */
  soFar: ReadonlyMap<string, number>
}

export function passes(operation: SessionOperation, terms: readonly Term[], inputs: NaiveInputs): boolean {
  return terms.every(term => fulfils(operation, term, inputs) !== term.negated)
}

function fulfils(operation: SessionOperation, term: Term, inputs: NaiveInputs): boolean {
  const { http, connection, error } = operation
  const devtools = (http ?? connection)?.devtools
  const url = http?.url ?? connection?.url
  const document = inputs.documents.find(({ documentId }) => documentId === operation.documentId)
  const endUnknown = operation.endUnknown !== undefined
  const isConnection = ['websocket', 'eventsource', 'stream'].includes(operation.kind)
  const lasted = operation.duration ?? (endUnknown ? undefined : inputs.soFar.get(operation.id))
  const duration = isConnection ? undefined : lasted
  if (term.type === 'number') {
    const value = {
      status: http?.status,
      size: http?.transferSize,
      'request-size': devtools?.requestBodySize,
      duration,
    }[term.key]
    if (value === undefined) return false
    const { least, most, open } = term.range
    return open ? value > least && value < most : value >= least && value <= most
  }
  if (term.type === 'word') {
    switch (term.word) {
      case 'running':
        return operation.outcome === 'pending' && !endUnknown
      case 'slow':
        return duration !== undefined && duration >= inputs.slowThreshold
      case 'from-cache':
        return http?.fromCache === true
      case 'synchronous':
        return http?.async === false
      case 'error':
        return error !== undefined
      case 'metadata':
        return operation.metadata !== undefined
      case 'parent':
        return operation.parentId !== undefined
      default:
        if (term.key !== 'kind' && term.key !== 'outcome') throw new Error(`no evaluation of ${term.key}:${term.word}`)
        return term.word === operation[term.key]
    }
  }
  const fits = (found: string | undefined): boolean => found !== undefined && matches(found, term.pattern)
  const { operationName: name, kind } = operation
  switch (term.key) {
    case null:
      return fits(name) || fits(url)
    case 'name':
      return fits(name)
    case 'url':
      return fits(url)
    case 'route':
      return fits(kind === 'custom' ? name : routeOf(name))
    case 'initiator':
      return fits((devtools?.initiator?.stack ?? http?.stack)?.[0])
    case 'error':
      return fits(error && `${error.name}: ${errorMessage(error)}`)
    case 'mime-type':
      return fits(devtools?.mimeType)
    case 'cache-control':
      return fits(devtools?.cacheControl)
    case 'etag':
      return fits(devtools?.etag)
    case 'retry-after':
      return fits(devtools?.retryAfter)
    case 'method':
      // It is unknown for some requests.
      return Boolean(http?.method) && matches(http?.method ?? '', whole(term.pattern))
    case 'frame':
      if (term.pattern.match !== 'regex') {
        if (/^\d+$/.test(term.pattern.text)) return operation.frameId === Number(term.pattern.text)
        if (term.pattern.text.toLowerCase() === 'top') return operation.frameId === 0
      }
      return fits(document?.url)
    case 'domain': {
      if (!url || !URL.canParse(url)) return false
      const { host, hostname } = new URL(url)
      if (host === '') return false
      return glob(host, term.pattern) || (term.pattern.match !== 'regex' && glob(hostname, term.pattern))
    }
  }
}

function whole(pattern: Pattern): Pattern {
  return pattern.match === 'part' ? { match: 'whole', text: pattern.text } : pattern
}

function matches(found: string, { match, text: wanted }: Pattern): boolean {
  if (match === 'regex') return new RegExp(wanted, 'i').test(found)
  const [low, looked] = [found.toLowerCase(), wanted.toLowerCase()]
  return match === 'whole' ? low === looked : low.includes(looked)
}

/** Matches a pattern with `*`, character by character. */
function glob(found: string, pattern: Pattern): boolean {
  if (pattern.match === 'regex') return matches(found, pattern)
  const at = (i: number, j: number): boolean => {
    const wanted = pattern.text.toLowerCase()
    if (j === wanted.length) return i === found.length
    if (wanted[j] === '*') return at(i, j + 1) || (i < found.length && at(i + 1, j))
    return found[i] === wanted[j] && at(i + 1, j + 1)
  }
  return at(0, 0)
}
