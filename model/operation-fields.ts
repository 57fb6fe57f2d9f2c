// Model: the fields of an operation's details, each declared once: its name, what the details view calls it, and how the
// filter finds it. An export writes these fields and no others, in this order: what an object in memory happens to hold is
// not the public format.
import type { SessionTrafficPoint } from '../session/format.ts'
import type { NetworkRequest, RequestPhases } from '../wire/network.ts'
import type { ConnectionDetail, ErrorDetail, HttpDetail, OperationDetail } from '../wire/operations.ts'

export interface PlainField {
  /** Of a value that is an object: its own fields. */
  members?: Fields<object>
  /** Hardly two operations have the same value. */
  unique?: true
}

/** A field of a request: only these are listed by the details view, and found by the filter, from what is said here. */
export interface Field extends PlainField {
  /** What the details view calls it. The view does not list a field without a label, or shows it in its own way. */
  label?: string
  /** Of a number. */
  unit?: 'ms' | 'bytes'
  /** What the details view says in place of the value. */
  says?: string
  /**
   * How the filter finds it. It looks only in the list that the field stands in: what the page saw (HTTP_FIELDS) or what
   * DevTools saw. A field that both know needs a column of its own, as the size has in `RequestFieldColumns`.
   */
  filter?: FieldFilter
}

/** A key of its own, with what the completion says of it; or a word for the key `is`. */
type FieldFilter =
  | {
      key: string
      about: string
      /**
       * Whether the model keeps it in an array with a value for each row. That is quick, completes the values that occurred,
       * and is right for values that many requests share. Otherwise the details of each row are read.
       */
      column: boolean
    }
  | { is: string }

/** One entry for each field of T: a field that is added to T has to be added here. */
type Fields<T, Of extends PlainField = PlainField> = { readonly [Name in keyof T]-?: Of }

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
  requestBodySize: {
    label: 'Request body',
    unit: 'bytes',
    filter: { key: 'request-size', about: 'of the request’s body: request-size>1k', column: true },
  },
  mimeType: {
    label: 'MIME type',
    filter: { key: 'mime-type', about: 'application/json, image/ …', column: true },
  },
  cacheControl: {
    label: 'Cache-Control',
    filter: { key: 'cache-control', about: 'part of the header: no-store, max-age …', column: true },
  },
  etag: { label: 'ETag', unique: true, filter: { key: 'etag', about: 'part of the header', column: false } },
  retryAfter: {
    label: 'Retry-After',
    filter: { key: 'retry-after', about: 'part of the header: seconds, or a date', column: true },
  },
  error: {},
  cache: {},
  serviceWorker: {},
  priority: { label: 'Priority' },
  initiator: { members: { type: {}, stack: {} } satisfies Fields<NonNullable<NetworkRequest['initiator']>> },
} as const satisfies Fields<NetworkRequest, Field>

export const HTTP_FIELDS = {
  method: {},
  url: {},
  graphql: { label: 'GraphQL operation' },
  redirect: {},
  async: { label: 'Synchronous', says: 'Yes: it blocked the page', filter: { is: 'synchronous' } },
  status: {},
  headersDuration: { label: 'To headers', unit: 'ms' },
  bodyEndUnknown: { label: 'End of body', says: 'Not known: the time is to the last that is known of it' },
  transferSize: {},
  encodedBodySize: { label: 'Body size', unit: 'bytes' },
  decodedBodySize: { label: 'Uncompressed size', unit: 'bytes' },
  phases: { members: PHASES },
  protocol: {},
  fromCache: { label: 'Served from', says: 'HTTP cache' },
  serviceWorker: { label: 'Served by', says: 'Service worker' },
  keepalive: { label: 'Keepalive', says: 'Yes' },
  preloaded: { label: 'Answered by', says: 'Preload' },
  endSource: {},
  match: {},
  source: {},
  stack: {},
  devtools: { members: DEVTOOLS_FIELDS },
} as const satisfies Fields<HttpDetail, Field>

const CONNECTION_FIELDS: Fields<ConnectionDetail> = {
  url: {},
  openDuration: {},
  messagesIn: {},
  bytesIn: {},
  messagesOut: {},
  bytesOut: {},
  closeCode: {},
  closeReason: {},
  match: {},
  devtools: { members: DEVTOOLS_FIELDS },
}

export const DETAIL_FIELDS: Fields<OperationDetail> = {
  error: { members: ERROR_FIELDS },
  metadata: { unique: true },
  http: { members: HTTP_FIELDS },
  connection: { members: CONNECTION_FIELDS },
}

export const TRAFFIC_FIELDS: Fields<SessionTrafficPoint> = {
  time: {},
  messagesIn: {},
  bytesIn: {},
  messagesOut: {},
  bytesOut: {},
}

/** A field of a request that has a label, or that the filter knows. */
export interface RequestField extends Field {
  name: string
  /** Whether it is of what DevTools saw of the request; otherwise of what the page script did. */
  ofDevtools: boolean
}

const requestFields = (fields: Readonly<Record<string, Field>>, ofDevtools: boolean): RequestField[] =>
  Object.entries(fields).map(([name, field]) => ({ ...field, name, ofDevtools }))

/** Of a request; those of DevTools are a connection's too. */
export const REQUEST_FIELDS: readonly RequestField[] = [
  ...requestFields(HTTP_FIELDS, false),
  ...requestFields(DEVTOOLS_FIELDS, true),
]

/** Those with a filter key of their own, by it. */
export const FIELDS_BY_KEY: ReadonlyMap<string, RequestField> = new Map(
  REQUEST_FIELDS.flatMap(field => (field.filter && 'key' in field.filter ? [[field.filter.key, field]] : [])),
)

/** Those that `is:` asks for, by the word. */
export const FIELDS_BY_WORD: ReadonlyMap<string, RequestField> = new Map(
  REQUEST_FIELDS.flatMap(field => (field.filter && 'is' in field.filter ? [[field.filter.is, field]] : [])),
)

/** Those with `column`. */
export const COLUMN_FIELDS: readonly RequestField[] = [...FIELDS_BY_KEY.values()].filter(
  ({ filter }) => filter && 'column' in filter && filter.column,
)

export function fieldValue(detail: OperationDetail | undefined, { name, ofDevtools }: RequestField): unknown {
  const { http, connection } = detail ?? {}
  const owner = ofDevtools ? (http ?? connection)?.devtools : http
  return (owner as Readonly<Record<string, unknown>> | undefined)?.[name]
}

type OwnKey<F> = F extends { filter: { key: infer Key extends string } } ? Key : never
type KeyOf<All> = { [Name in keyof All]: All[Name] extends { unit: string } ? never : OwnKey<All[Name]> }[keyof All]
type NumberKeyOf<All> = {
  [Name in keyof All]: All[Name] extends { unit: string } ? OwnKey<All[Name]> : never
}[keyof All]

/** The filter keys of fields that are texts, and of those that are numbers. */
export type TextFieldKey = KeyOf<typeof HTTP_FIELDS> | KeyOf<typeof DEVTOOLS_FIELDS>
export type NumberFieldKey = NumberKeyOf<typeof HTTP_FIELDS> | NumberKeyOf<typeof DEVTOOLS_FIELDS>

/** The declared fields of a value that it has, in their order. */
export function declared<T extends object>(value: T, fields: Fields<T, Field>): T {
  const found: Record<string, unknown> = {}
  for (const name in fields) {
    const each = Object.hasOwn(value, name) ? value[name] : undefined
    if (each === undefined) continue
    const { members } = fields[name]
    found[name] = members ? declared(each as object, members) : each
  }
  return found as T
}

/** The same as JSON. Quicker than to make an object of it first, of which a million requests leave much to collect. */
export function declaredText<T extends object>(value: T, fields: Fields<T, Field>): string {
  let text = ''
  for (const name in fields) {
    const each = Object.hasOwn(value, name) ? value[name] : undefined
    if (each === undefined) continue
    const { members } = fields[name]
    text += `${text === '' ? '{' : ','}"${name}":${members ? declaredText(each as object, members) : JSON.stringify(each)}`
  }
  return text === '' ? '{}' : `${text}}`
}
