// Page's own world (MAIN): what a call's method and URL come down to, worked out once for all calls alike: parsing
// a URL costs more than all else that is done for a call, and pages ask for the same again and again.
import { headOf } from '../monitor/head-of.ts'
import { absolute } from './absolute-url.ts'
import { baseUriOf, matches, withoutUser } from './natives.ts'
import { OwnMap } from './own-map.ts'
import { normalizeMethod } from './request-call.ts'

/** Characters kept of a URL: servers take no longer ones, but a data: URL holds its data. */
const MAX_URL_LENGTH = 10_000
/** Targets remembered: at the bound all are forgotten, some 500 kB. */
export const MAX_TARGETS = 1_000
/** Characters of a URL that is remembered, whole as the page gave it. */
const MAX_REMEMBERED_LENGTH = 1_000

export interface RequestTarget {
  /** As it is sent; empty where it is not known. */
  readonly method: string
  /** Absolute; undefined where the page's URL is not known, or none. */
  readonly url: string | undefined
  /** As far as it is told; the relay takes secrets out of it. */
  readonly shownUrl: string
  /** What its timing entry is known by, if the browser times it: XHR's `open` may have added a user to the URL. */
  readonly place: string | undefined
  /** Whether the URL holds a user's name: fetch refuses it (Fetch §5.4, step 5.3). */
  readonly credentials: boolean
  /** The last batch that told of it, and where. */
  batch: number
  nameIndex: number
}

export interface RequestTargets {
  /** Of a call as the page made it. Cheap for calls in a row: the document's base URL is not asked for each. */
  of(method: string, url: string | undefined): RequestTarget
  /** To be called before the first of a task. */
  refresh(): void
}

export function createRequestTargets(): RequestTargets {
  const known = new OwnMap<string, OwnMap<string | undefined, RequestTarget>>()
  let size = 0
  let base: string | undefined

  const forget = (): void => {
    known.clear()
    size = 0
  }

  return {
    of(method, url) {
      const found = known.get(method)?.get(url)
      if (found) return found
      const target = createTarget(method, url, base)
      if (url !== undefined && url.length > MAX_REMEMBERED_LENGTH) return target
      if (size >= MAX_TARGETS) forget()
      const siblings = known.get(method) ?? new OwnMap<string | undefined, RequestTarget>()
      known.set(method, siblings)
      siblings.set(url, target)
      size++
      return target
    },
    refresh() {
      const current = baseUriOf(document) as string
      if (current !== base) forget()
      base = current
    },
  }
}

function createTarget(givenMethod: string, given: string | undefined, base: string | undefined): RequestTarget {
  const method = normalizeMethod(givenMethod)
  const url = given === undefined ? undefined : absolute(given, base)
  const shownUrl = headOf(url ?? given ?? '', MAX_URL_LENGTH)
  const bareUrl = url && withoutUser(url)
  const place = url && matches(/^https?:/, url) ? bareUrl : undefined
  return { method, url, shownUrl, place, credentials: bareUrl !== url, batch: 0, nameIndex: 0 }
}
