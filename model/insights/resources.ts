// Any world: numbers for what requests ask for. The same number means the same resource, however its URL is written.
import { memoizeById } from '../analysis/memoize-by-id.ts'
import type { Row } from '../numbers.ts'
import type { SessionModel } from '../session/session-model.ts'
import { StringTable } from '../session/string-table.ts'
import { isCacheBuster, urlFacts } from './url-facts.ts'

export class Resources {
  readonly #session: SessionModel
  readonly #texts = new StringTable()
  readonly #resourceOf: (url: number) => number
  readonly #pathOf: (url: number) => number

  constructor(session: SessionModel) {
    this.#session = session
    const { strings } = session.operations.requests
    this.#resourceOf = memoizeById(url => {
      const text = strings.get(url)
      return text.includes('?') ? 2 * this.#texts.add(normalised(text)) : 2 * url + 1
    })
    this.#pathOf = memoizeById(url => this.#texts.add(strings.get(url).replace(/[?#].*/s, '')))
  }

  /** Parameters may be in any order, and those that only keep caches away do not count. */
  resourceOf(row: Row): number {
    return this.#resourceOf(this.#session.operations.requests.url.get(row))
  }

  /** Whatever the query. */
  pathOf(row: Row): number {
    return this.#pathOf(this.#session.operations.requests.url.get(row))
  }
}

function normalised(url: string): string {
  const { origin, path, parameters } = urlFacts(url)
  const wanted = parameters.filter(parameter => !isCacheBuster(parameter)).map(parameter => parameter.join('='))
  return `${origin}${path}?${wanted.sort().join('&')}`
}
