// Any world: the optional fields of an operation, each declared once. An export writes these and no others, in this
// order: what an object in memory happens to hold is not the public format.
import type { NetworkRequest, RequestPhases } from '../wire/network.ts'
import type { ConnectionDetail, ErrorDetail, HttpDetail, OperationDetail } from '../wire/operations.ts'

interface Field {
  /** Of a value that is an object: its own fields. */
  members?: Fields<object>
}

/** One entry for each field of T: a field that is added to T has to be added here. */
type Fields<T> = { readonly [Name in keyof T]-?: Field }

const ERROR_FIELDS: Fields<ErrorDetail> = { name: {}, code: {}, message: {}, stack: {} }

const PHASES: Fields<RequestPhases> = {
  redirect: {},
  queued: {},
  dns: {},
  connect: {},
  tls: {},
  send: {},
  wait: {},
  receive: {},
}

export const DEVTOOLS_FIELDS = {
  url: {},
  method: {},
  status: {},
  redirectUrl: {},
  type: {},
  startTime: {},
  duration: {},
  unfinished: {},
  phases: { members: PHASES },
  protocol: {},
  transferSize: {},
  responseHeadersSize: {},
  requestHeadersSize: {},
  bodySize: {},
  error: {},
  cache: {},
  serviceWorker: {},
  initiator: { members: { type: {}, stack: {} } satisfies Fields<NonNullable<NetworkRequest['initiator']>> },
} as const satisfies Fields<NetworkRequest>

export const HTTP_FIELDS = {
  method: {},
  url: {},
  graphql: {},
  redirect: {},
  status: {},
  bodyDuration: {},
  transferSize: {},
  encodedBodySize: {},
  decodedBodySize: {},
  phases: { members: PHASES },
  protocol: {},
  fromCache: {},
  serviceWorker: {},
  keepalive: {},
  preloaded: {},
  endSource: {},
  match: {},
  source: {},
  stack: {},
  devtools: { members: DEVTOOLS_FIELDS },
} as const satisfies Fields<HttpDetail>

const CONNECTION_FIELDS: Fields<ConnectionDetail> = {
  url: {},
  openDuration: {},
  messagesIn: {},
  bytesIn: {},
  messagesOut: {},
  bytesOut: {},
  closeCode: {},
  devtools: { members: DEVTOOLS_FIELDS },
}

export const DETAIL_FIELDS: Fields<OperationDetail> = {
  error: { members: ERROR_FIELDS },
  metadata: {},
  http: { members: HTTP_FIELDS },
  connection: { members: CONNECTION_FIELDS },
}

/** The declared fields of a value that it has, in their order. */
export function declared<T extends object>(value: T, fields: Fields<T>): T {
  const found: Record<string, unknown> = {}
  for (const name in fields) {
    const each = value[name]
    if (each === undefined) continue
    const { members } = fields[name]
    found[name] = members ? declared(each as object, members) : each
  }
  return found as T
}
