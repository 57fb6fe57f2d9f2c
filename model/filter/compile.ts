// Panel: a filter's terms as a test of an operation. Touches no DOM.
import type { RowTest } from '../analysis/matching-rows.ts'
import type { SessionModel } from '../session/session-model.ts'
import { keyTest } from './key-test.ts'
import { numberTest } from './number-test.ts'
import type { Condition, Term } from './term.ts'
import { wordTest } from './word-test.ts'

/** Of a row of one session. */
type Test = (row: number) => boolean

/** Null where there is no term: all operations are let through. @param slowThreshold milliseconds */
export function compileFilter(terms: readonly Term[], slowThreshold: number): RowTest | null {
  if (terms.length === 0) return null
  let tested: SessionModel | undefined
  let test: Test = () => true
  return (session, row) => {
    if (session !== tested) {
      tested = session
      test = all(terms.map(term => termTest(term, session, slowThreshold)))
    }
    return test(row)
  }
}

function all(tests: Test[]): Test {
  const [only] = tests
  if (only && tests.length === 1) return only
  return row => {
    for (const test of tests) if (!test(row)) return false
    return true
  }
}

function termTest(term: Term, session: SessionModel, slowThreshold: number): Test {
  const test = conditionTest(term, session, slowThreshold)
  return term.negated ? row => !test(row) : test
}

function conditionTest(condition: Condition, session: SessionModel, slowThreshold: number): Test {
  if (condition.type === 'number') return numberTest(condition.key, condition.range, session)
  if (condition.type === 'word') return wordTest(condition.key, condition.word, session, slowThreshold)
  const { key, pattern } = condition
  if (key !== null) return keyTest(key, pattern, session)
  const inName = keyTest('name', pattern, session)
  const inUrl = keyTest('url', pattern, session)
  return row => inName(row) || inUrl(row)
}
