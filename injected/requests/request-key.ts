// Page's own world (MAIN): what a call's method and URL come down to, worked out once for all calls alike: parsing
// a URL costs more than all else that is done for a call, and pages ask for the same again and again.

import type { ErrorCode } from '../../wire/reason-codes.ts'
import { truncate } from '../../wire/truncate.ts'
import { bare, baseUriOf, match, withoutUser } from '../primordials/natives.ts'
import { SafeMap } from '../primordials/safe-map.ts'
import { isGraphql } from './graphql-name.ts'
import { resolve } from './resolve-url.ts'

/** Characters kept of a URL: servers take no longer ones, but a data: URL holds its data. */
const MAX_URL_LENGTH = 10_000
/** Targets remembered: at the bound all are forgotten, some 500 kB. */
export const MAX_TARGETS = 1_000
/** Characters of a URL that is remembered, whole as the page gave it. */
const MAX_REMEMBERED_LENGTH = 1_000

/** URLs that fetch makes a request of: https://fetch.spec.whatwg.org/#scheme-fetch. Extensions' own are the browsers' addition. */
const LOADABLE = /^(?:https?|data|blob|[a-z-]+-extension):/

/** What it has not yet is looked for nowhere. */
export class RequestTarget {
  /** Whether a body that is sent there may name a GraphQL operation. */
  readonly graphql: boolean
  /** Whether it is worked out: the rest is not known before. */
  declare known?: true
  /** Absolute; undefined where the page's URL is not known, or none. */
  declare url: string | undefined
  /** As far as it is told; the relay takes secrets out of it. */
  declare shownUrl: string
  /** What its timing entry is known by, if the browser times it: XHR's `open` may have added a user to the URL. */
  declare place: string | undefined
  /** Why fetch makes no request of it. */
  declare isRefused: ErrorCode | undefined
  /** Whether the browser times it, and nothing else is to be said of it. */
  declare plain?: boolean
  /** The last batch that told of it, and where. */
  declare toldIn?: number
  declare nameIndex: number

  /**
   * @param givenMethod as the page gave it, empty where it is not known; and so the URL, if that is known.
   * @param other of the same URL, with another method.
   */
  constructor(
    readonly givenMethod: string,
    readonly given: string | undefined,
    readonly other: RequestTarget | undefined,
  ) {
    this.graphql = given !== undefined && isGraphql(given)
  }
}
bare(RequestTarget.prototype)

export interface RequestTargets {
  /** Of a call as the page made it. It parses nothing. */
  of(method: string | undefined, url: string | undefined): RequestTarget
  /** What is to be done before targets are worked out. True if URLs may mean something else than before. */
  refresh(): boolean
  workOut(target: RequestTarget): void
}

export function createRequestTargets(): RequestTargets {
  const known = new SafeMap<string | undefined, RequestTarget>()
  let size = 0
  let base: string | undefined

  const forget = (): void => {
    known.clear()
    size = 0
  }

  return {
    of(method = '', url) {
      for (let target = known.get(url); target; target = target.other) if (target.givenMethod === method) return target
      if (size >= MAX_TARGETS) forget()
      const target = new RequestTarget(method, url, known.get(url))
      if (url === undefined || url.length <= MAX_REMEMBERED_LENGTH) {
        known.set(url, target)
        size++
      }
      return target
    },
    refresh() {
      const before = base
      base = baseUriOf(document) as string
      if (base === before) return false
      forget()
      return true
    },
    workOut(target) {
      if (target.known) return
      const { given } = target
      const url = given === undefined ? undefined : resolve(given, base)
      const bareUrl = url && withoutUser(url)
      target.known = true
      target.url = url
      target.shownUrl = truncate(url ?? given ?? '', MAX_URL_LENGTH)
      target.place = url && match(/^https?:/, url) ? bareUrl : undefined
      target.isRefused =
        bareUrl !== url ? 'credentials-in-url' : url && match(LOADABLE, url) === null ? 'unsupported-scheme' : undefined
      target.plain = target.place !== undefined && !target.isRefused
    },
  }
}
