// Panel: whether a text of an operation is one that a filter means: tested once for each name and each URL, however
// many operations have it. Touches no DOM.
import { OK } from '../../wire/operations.ts'
import { groupByRoute } from '../analysis/grouping.ts'
import { memoizeById } from '../analysis/memoize-by-id.ts'
import type { SessionModel } from '../session/session-model.ts'
import type { Pattern, TextKey } from './term.ts'
import { hostOf, hostTest, textTest } from './text-test.ts'

export function keyTest(key: TextKey, pattern: Pattern, session: SessionModel): (row: number) => boolean {
  const { operations, documents } = session
  const { name, names, requests, details, outcome } = operations
  const fits = textTest(pattern)
  const url = (test: (url: string) => boolean): ((row: number) => boolean) => {
    const once = flagPerNumber(number => number > 0 && test(requests.strings.get(number)))
    return row => once(requests.url.get(row))
  }
  switch (key) {
    case 'name': {
      const once = flagPerNumber(number => fits(names.get(number)))
      return row => once(name.get(row))
    }
    case 'route': {
      const { groupOf, nameOf } = groupByRoute(operations)
      const once = flagPerNumber(number => fits(nameOf(number)))
      return row => once(groupOf(row))
    }
    case 'url':
      return url(fits)
    case 'domain': {
      const ofHost = hostTest(pattern)
      return url(text => {
        const host = hostOf(text)
        return host !== undefined && ofHost(host)
      })
    }
    case 'method': {
      const whole = textTest(pattern.match === 'part' ? { ...pattern, match: 'whole' } : pattern)
      const once = flagPerNumber(number => number > 0 && whole(requests.strings.get(number)))
      return row => once(requests.method.get(row))
    }
    case 'frame': {
      const id = frameId(pattern)
      return row => {
        const document = documents.get(operations.document.get(row))
        if (!document) return false
        return id === undefined ? fits(document.url) : document.frameId === id
      }
    }
    case 'error':
      return row => {
        // To look at a detail costs more than at an outcome; what is well has no error.
        const error = outcome.get(row) === OK ? undefined : details.get(row)?.error
        return error !== undefined && fits(`${error.name}: ${error.message}`)
      }
  }
}

function frameId({ match, text }: Pattern): number | undefined {
  if (match === 'regex') return undefined
  if (text.toLowerCase() === 'top') return 0
  return /^\d+$/.test(text) ? Number(text) : undefined
}

function flagPerNumber(test: (number: number) => boolean): (number: number) => boolean {
  const once = memoizeById(number => (test(number) ? 1 : 0))
  return number => once(number) === 1
}
