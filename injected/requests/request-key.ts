// Page's own world (MAIN): what a call's method and URL come down to. It is worked out once for all calls that are alike:
// parsing a URL costs more than everything else that is done for a call, and pages request the same URLs again and again.

import type { ErrorCode } from '../../wire/reason-codes.ts'
import { truncate } from '../../wire/truncate.ts'
import { bare, baseUriOf, match, withoutUser } from '../primordials/natives.ts'
import { SafeMap } from '../primordials/safe-map.ts'
import { isGraphql } from './graphql-name.ts'
import { resolve } from './resolve-url.ts'

/** Characters kept of a URL: servers take no longer ones, but a data: URL contains its data. */
const MAX_URL_LENGTH = 10_000
/** Keys that are cached. At the bound the cache is emptied: it has some 500 kB then. */
export const MAX_KEYS = 1_000
/** Characters of a URL that is cached, as the page gave it. */
const MAX_CACHED_LENGTH = 1_000

/**
 * URLs that browsers make a request for (https://fetch.spec.whatwg.org/#scheme-fetch). They add those of extensions. A Blob's URL
 * names the origin that made it.
 */
const FETCHABLE = /^(?:data:|blob:(?:null\/|file:)|(?:blob:)?(?:https?|[a-z-]+-extension):)/

export class RequestKey {
  /** Whether a body that is sent there may name a GraphQL operation. */
  readonly graphql: boolean
  /** Whether the members below are set. */
  declare isResolved?: true
  /** Absolute; undefined where the page's URL is unknown or invalid. */
  declare url: string | undefined
  /** The URL as it is reported. The relay takes secrets out of it. */
  declare reportedUrl: string
  /** The name of its Resource Timing entry, if it gets one, without the user that XHR's `open` may have added. */
  declare timingKey: string | undefined
  /** Why fetch rejects at once and makes no request. */
  declare rejectedReason: ErrorCode | undefined
  /** Whether the browser times it and nothing else has to be found out. */
  declare isSimple?: boolean
  /** The last batch that names it, and the name's index in that batch. */
  declare lastBatchId?: number
  declare nameIndex: number

  /**
   * @param method as the page gave it; empty where it is unknown.
   * @param givenUrl as the page gave it; undefined where it is unknown.
   * @param next another key of the same URL, with another method.
   */
  constructor(
    readonly method: string,
    readonly givenUrl: string | undefined,
    readonly next: RequestKey | undefined,
  ) {
    this.graphql = givenUrl !== undefined && isGraphql(givenUrl)
  }
}
// A missing member must not be looked up on the page's Object.prototype.
bare(RequestKey.prototype)

export interface RequestKeys {
  /** The key of a call. It parses nothing. */
  of(method: string | undefined, url: string | undefined): RequestKey
  /** Call it before resolving keys. True if the document's URL has changed, so that URLs may mean something else. */
  updateBase(): boolean
  resolve(key: RequestKey): void
}

export function createRequestKeys(): RequestKeys {
  const cached = new SafeMap<string | undefined, RequestKey>()
  let size = 0
  let base: string | undefined

  const clear = (): void => {
    cached.clear()
    size = 0
  }

  return {
    of(method = '', url) {
      for (let key = cached.get(url); key; key = key.next) if (key.method === method) return key
      if (size >= MAX_KEYS) clear()
      const key = new RequestKey(method, url, cached.get(url))
      if (url === undefined || url.length <= MAX_CACHED_LENGTH) {
        cached.set(url, key)
        size++
      }
      return key
    },
    updateBase() {
      const before = base
      base = baseUriOf(document) as string
      if (base === before) return false
      clear()
      return true
    },
    resolve(key) {
      if (key.isResolved) return
      const { givenUrl } = key
      const url = givenUrl === undefined ? undefined : resolve(givenUrl, base)
      const bareUrl = url && withoutUser(url)
      key.isResolved = true
      key.url = url
      key.reportedUrl = truncate(url ?? givenUrl ?? '', MAX_URL_LENGTH)
      key.timingKey = url && match(/^https?:/, url) ? bareUrl : undefined
      // A user name in a URL: https://fetch.spec.whatwg.org/#dom-request, step 5.3.
      if (bareUrl !== url) key.rejectedReason = 'credentials-in-url'
      else if (url && match(FETCHABLE, url) === null) key.rejectedReason = 'unsupported-scheme'
      key.isSimple = key.timingKey !== undefined && !key.rejectedReason
    },
  }
}
