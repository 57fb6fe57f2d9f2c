// Model: tests a text of an operation, such as its name. Each distinct text is tested once, however many operations
// have it.
import { OK } from '../../wire/operations.ts'
import { groupByRoute } from '../analysis/grouping.ts'
import { memoizeTest } from '../analysis/memoize-by-id.ts'
import type { GroupId, Row } from '../numbers.ts'
import { FIELDS_BY_KEY, type TextFieldKey } from '../operation-fields.ts'
import type { SessionModel } from '../session/session-model.ts'
import { initiatorOf } from '../text/initiator.ts'
import { errorMessage } from '../text/reason-text.ts'
import { fieldTextTest } from './field-test.ts'
import type { Pattern, TextKey } from './term.ts'
import { hostOf, hostTest, type TestContext, textTest } from './text-test.ts'

export function keyTest(
  key: TextKey,
  pattern: Pattern,
  session: SessionModel,
  context: TestContext,
): (row: Row) => boolean {
  const { operations, documents } = session
  const { name, names, requests, details, outcome } = operations
  const matches = textTest(pattern, context)
  const url = (test: (url: string) => boolean): ((row: Row) => boolean) => {
    const matchesUrl = memoizeTest(id => id > 0 && test(requests.strings.get(id)))
    return row => matchesUrl(requests.url.get(row))
  }
  switch (key) {
    case 'name': {
      const matchesName = memoizeTest(id => matches(names.get(id)))
      return row => matchesName(name.get(row))
    }
    case 'route': {
      const { groupOf, nameOf } = groupByRoute(operations)
      const matchesRoute = memoizeTest((group: GroupId) => matches(nameOf(group)))
      return row => matchesRoute(groupOf(row))
    }
    case 'url':
      return url(matches)
    case 'domain': {
      const matchesHost = hostTest(pattern, context)
      return url(text => {
        const host = hostOf(text)
        return host !== undefined && matchesHost(host)
      })
    }
    case 'method': {
      const whole = textTest(pattern.match === 'part' ? { ...pattern, match: 'whole' } : pattern, context)
      const matchesMethod = memoizeTest(id => id > 0 && whole(requests.strings.get(id)))
      return row => matchesMethod(requests.method.get(row))
    }
    case 'frame': {
      const id = frameId(pattern)
      return row => {
        const document = documents.get(operations.document.get(row))
        if (!document) return false
        return id === undefined ? matches(document.url) : document.frameId === id
      }
    }
    case 'initiator':
      return row => {
        const frame = initiatorOf(details.get(row))?.frame
        return frame !== undefined && matches(frame)
      }
    case 'error':
      return row => {
        // The outcome is cheaper to read than the details, and a successful operation has no error.
        const error = outcome.get(row) === OK ? undefined : details.get(row)?.error
        return error !== undefined && matches(`${error.name}: ${errorMessage(error)}`)
      }
    default: {
      const field = FIELDS_BY_KEY.get(key satisfies TextFieldKey)
      return field ? fieldTextTest(field, operations, matches) : () => false
    }
  }
}

function frameId({ match, text }: Pattern): number | undefined {
  if (match === 'regex') return undefined
  if (text.toLowerCase() === 'top') return 0
  return /^\d+$/.test(text) ? Number(text) : undefined
}
