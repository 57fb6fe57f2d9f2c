// Model: compiles the terms of a filter into a test of an operation.

import { KINDS, type Kind, OK, OUTCOMES, type Outcome, PENDING } from '../../wire/operations.ts'
import type { Row } from '../numbers.ts'
import { FIELDS_BY_KEY, FIELDS_BY_WORD, type NumberFieldKey } from '../operation-fields.ts'
import { OTHER } from '../session/operation-table.ts'
import type { SessionModel } from '../session/session-model.ts'
import { isSlow, latency } from '../session/shown-duration.ts'
import { SortedRowIndex } from '../session/sorted-row-index.ts'
import { fieldNumberTest, fieldTest } from './field-test.ts'
import { keyTest } from './key-test.ts'
import { MAX_WORK } from './regex/regex-search.ts'
import type { Condition, NumberKey, NumberRange, Term, WordKey } from './term.ts'
import type { TestContext } from './text-test.ts'

/** Whether the operation in a row of a session is shown. */
export interface RowTest {
  (session: SessionModel, row: Row): boolean
  /** What it has cost so far beside the calls, where that may be much: of long texts. */
  effort?: { readonly characters: number }
}

/** Operations between two `yield`s, and characters of texts that are looked at: some hundred microseconds. */
const STEP = 1_024
const MAX_CHARACTERS = 20_000

/** The same for the rows of one session. */
type Test = (row: Row) => boolean

export interface FilterContext {
  /** Milliseconds. */
  slowThreshold: number
  /** Called with a regular expression that takes too much work; nothing matches it from then on. */
  onTooComplex(regex: string): void
}

/** Null if there are no terms: then all operations are shown. */
export function compileFilter(terms: readonly Term[], { slowThreshold, onTooComplex }: FilterContext): RowTest | null {
  if (terms.length === 0) return null
  let tested: SessionModel | undefined
  let passes: Test = () => true
  const regexes = terms.filter(term => term.type === 'text' && term.pattern.match === 'regex').length
  const context: TestContext = { characters: 0, maxWork: MAX_WORK / Math.max(1, regexes), onTooComplex }
  const test: RowTest = (session, row) => {
    if (session !== tested) {
      tested = session
      passes = all(terms.map(term => termTest(term, session, slowThreshold, context)))
    }
    return passes(row)
  }
  test.effort = context
  return test
}

/**
 * The rows that pass, sorted by start.
 * @param others rows of requests that are no operations, to be shown with the operations.
 */
export function* matchingRows(
  session: SessionModel,
  test: RowTest,
  others = new SortedRowIndex(),
): Generator<void, SortedRowIndex> {
  const { order, start } = session.operations
  const matching = new SortedRowIndex()
  const effort = test.effort ?? { characters: 0 }
  let paused = effort.characters
  let next = 0
  const addOthers = (until: number): void => {
    for (; next < others.length && start.get(others.row(next)) < until; next++) {
      if (test(session, others.row(next))) matching.push(others.row(next))
    }
  }
  for (let position = 0; position < order.length; position++) {
    if (position % STEP === 0 || effort.characters - paused > MAX_CHARACTERS) {
      paused = effort.characters
      yield
    }
    const row = order.row(position)
    addOthers(start.get(row))
    if (test(session, row)) matching.push(row)
  }
  addOthers(Number.POSITIVE_INFINITY)
  return matching
}

function all(tests: Test[]): Test {
  const [only] = tests
  if (only && tests.length === 1) return only
  return row => {
    for (const test of tests) if (!test(row)) return false
    return true
  }
}

function termTest(term: Term, session: SessionModel, slowThreshold: number, context: TestContext): Test {
  const test = conditionTest(term, session, slowThreshold, context)
  return term.negated ? row => !test(row) : test
}

function conditionTest(condition: Condition, session: SessionModel, slowThreshold: number, context: TestContext): Test {
  if (condition.type === 'number') return numberTest(condition.key, condition.range, session)
  if (condition.type === 'word') return wordTest(condition.key, condition.word, session, slowThreshold)
  const { key, pattern } = condition
  if (key !== null) return keyTest(key, pattern, session, context)
  const inName = keyTest('name', pattern, session, context)
  const inUrl = keyTest('url', pattern, session, context)
  return row => inName(row) || inUrl(row)
}

/** An unknown value is in no range. */
function numberTest(key: NumberKey, range: NumberRange, session: SessionModel): (row: Row) => boolean {
  const { least, most, open } = range
  const inRange = open
    ? (value: number) => value > least && value < most
    : (value: number) => value >= least && value <= most
  const { operations } = session
  const { status, size } = operations.requests
  switch (key) {
    case 'duration':
      return row => inRange(latency(session, row))
    case 'status':
      return row => status.get(row) > 0 && inRange(status.get(row))
    case 'size':
      return row => inRange(size.get(row))
    default: {
      const field = FIELDS_BY_KEY.get(key satisfies NumberFieldKey)
      return field ? fieldNumberTest(field, operations, inRange) : () => false
    }
  }
}

function wordTest(key: WordKey, word: string, session: SessionModel, slowThreshold: number): (row: Row) => boolean {
  const { outcome, kind, parent, details } = session.operations
  if (key === 'kind') {
    const wanted = word === 'other' ? OTHER : KINDS.indexOf(word as Kind)
    return row => kind.get(row) === wanted
  }
  if (key === 'outcome') {
    const wanted = OUTCOMES.indexOf(word as Outcome)
    return row => outcome.get(row) === wanted
  }
  switch (`${key}:${word}`) {
    case 'is:running':
      return row => outcome.get(row) === PENDING && !session.operations.endIsUnknown(row)
    case 'is:slow':
      return row => isSlow(session, row, slowThreshold)
    case 'is:from-cache':
      return row => {
        const http = details.get(row)?.http
        return http?.fromCache === true || http?.devtools?.cache !== undefined
      }
    case 'has:error':
      // The outcome is cheaper to read than the details, and a successful operation has no error.
      return row => outcome.get(row) !== OK && details.get(row)?.error !== undefined
    case 'has:metadata':
      return row => details.get(row)?.metadata !== undefined
    case 'has:parent':
      // In a file the parent may be missing.
      return row => parent.get(row) !== 0 || session.operations.parentIdOf(row) !== undefined
    default: {
      const field = key === 'is' ? FIELDS_BY_WORD.get(word) : undefined
      return field ? fieldTest(field, session.operations) : () => false
    }
  }
}
