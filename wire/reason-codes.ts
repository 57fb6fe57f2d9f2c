// Any world: why operations have no end, and why requests failed, as codes. They are sent, stored and exported as codes.
// model/text turns them into sentences for people.

/**
 * Why an operation has no end and will not get one. `RequestColumns.state` and the session's table hold indices into
 * this list: the order is part of the wire format and of the log.
 */
export const END_REASONS = [
  undefined,
  'url-unreadable',
  'not-timed',
  'too-many-in-flight',
  'no-outcome',
  'opaque-response',
  'never-sent',
  'page-left',
  'page-crashed',
  'unknown',
] as const

export type EndReason = NonNullable<(typeof END_REASONS)[number]>

/** Indices into END_REASONS: those that the page script reports. */
export const URL_UNREADABLE = 1
export const NOT_TIMED = 2
export const TOO_MANY_IN_FLIGHT = 3
export const NO_OUTCOME = 4
export const OPAQUE = 5

/** Why a request failed, where the page script knows no message of the browser. */
export const ERROR_CODES = [
  'beacon-refused',
  'timeout',
  'invalid-url',
  'credentials-in-url',
  'unsupported-scheme',
  'network',
  'navigated-away',
] as const

export type ErrorCode = (typeof ERROR_CODES)[number]
