// Any world: takes secrets out of a text that holds URLs, such as an error's message or a call stack. Takes linear time.
import type { ErrorDetail } from './operations.ts'
import { redactUrl } from './redact-url.ts'
import { redactCredentials, type SecretNames } from './secrets.ts'
import { truncate } from './truncate.ts'

/** Characters of a text that are looked at and kept: more than is recorded of an error or a call stack. */
export const MAX_TEXT_LENGTH = 20_000
/** What ends a URL in a text. */
const BETWEEN_URLS = /[\s"'`<>]+/

/** @param names of parameters, as `redactUrl` takes them. */
export function redactText(whole: string, names?: SecretNames): string {
  const text = truncate(whole, MAX_TEXT_LENGTH)
  let result = ''
  let done = 0
  for (const token of text.split(BETWEEN_URLS)) {
    if (!/[/?]/.test(token)) continue
    const at = text.indexOf(token, done)
    result += text.slice(done, at) + redactToken(token, names)
    done = at + token.length
  }
  return redactCredentials(result + text.slice(done))
}

/** In place. */
export function redactError(error: ErrorDetail, names?: SecretNames): void {
  if (error.message !== undefined) error.message = redactText(error.message, names)
  if (error.stack !== undefined) error.stack = redactText(error.stack, names)
}

/** A URL with what surrounds it: `name@https://host/app.js:1:2`, `(/api/users?page=1)`. */
function redactToken(token: string, names: SecretNames | undefined): string {
  const from = startOfUrl(token)
  const to = endOfUrl(token)
  return from < to ? token.slice(0, from) + redactUrl(token.slice(from, to), names) + token.slice(to) : token
}

/** Where the scheme begins; or the path of a URL without one. */
function startOfUrl(token: string): number {
  let start = token.indexOf('://')
  if (start < 0) return Math.max(0, token.search(/[^([{]/))
  while (start > 0 && /[a-z0-9+.-]/i.test(token.charAt(start - 1))) start--
  return start
}

/** Before punctuation, and before the line and column of a stack frame. */
function endOfUrl(token: string): number {
  let end = token.length
  while (end > 0 && /[)\]},.;:!?]/.test(token.charAt(end - 1))) end--
  for (;;) {
    let digits = end
    while (digits > 0 && /\d/.test(token.charAt(digits - 1))) digits--
    if (digits === end || token.charAt(digits - 1) !== ':') return end
    end = digits - 1
  }
}
