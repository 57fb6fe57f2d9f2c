// Panel: whether an operation is, or has, what a word of a filter says. Touches no DOM.
import { KINDS, type Kind, OK, OUTCOMES, type Outcome, PENDING } from '../../wire/operations.ts'
import { isSlow } from '../session/is-slow.ts'
import type { SessionModel } from '../session/session-model.ts'
import type { WordKey } from './term.ts'

/** @param slowThreshold milliseconds */
export function wordTest(
  key: WordKey,
  word: string,
  session: SessionModel,
  slowThreshold: number,
): (row: number) => boolean {
  const { outcome, kind, parent, details } = session.operations
  if (key === 'kind') {
    const wanted = KINDS.indexOf(word as Kind)
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
      // To look at a detail costs more than at an outcome; what is well has no error.
      return row => outcome.get(row) !== OK && details.get(row)?.error !== undefined
    case 'has:metadata':
      return row => details.get(row)?.metadata !== undefined
    case 'has:parent':
      // A file may tell a parent that is not in it.
      return row => parent.get(row) !== 0 || session.operations.imported?.parents.get(row) !== undefined
    default:
      return () => false
  }
}
