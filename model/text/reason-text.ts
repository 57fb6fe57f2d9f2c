// Any world: why an operation has no end, and what a request failed with, in words.
import type { ErrorDetail } from '../../wire/operations.ts'
import type { EndReason, ErrorCode } from '../../wire/reason-codes.ts'

const END_REASONS: Record<EndReason, string> = {
  'url-unreadable': "Its URL couldn't be read without running the page's code",
  'not-timed': 'The browser reports the end of http: and https: requests only',
  'too-many-in-flight': 'Too many requests were in flight',
  'no-outcome': "The browser's timing entry doesn't say how it ended",
  'opaque-response': 'The browser hides the outcome of an opaque response from the page',
  'never-sent': 'DevTools saw no such request: the browser refused it, or its frame was new to DevTools',
  'page-left': 'The page navigated away',
  'page-crashed': 'The page crashed',
  unknown: 'No end recorded',
}

const ERRORS: Record<ErrorCode, string> = {
  'beacon-refused': 'The browser refused to queue the beacon',
  timeout: "No response within the request's timeout",
  'invalid-url': "The URL isn't valid",
  'credentials-in-url': 'The URL contains a user name or password',
  'unsupported-scheme': "fetch doesn't load URLs of this scheme",
  'navigated-away': 'The page navigated away',
  network: 'Network error, or blocked by CORS: the browser gives no details',
}

export function endReasonText(reason: EndReason): string {
  return END_REASONS[reason]
}

/** The browser's or the page's own message, or what a code says. */
export function errorMessage({ message, code }: ErrorDetail): string {
  return message ?? (code ? ERRORS[code] : '')
}
