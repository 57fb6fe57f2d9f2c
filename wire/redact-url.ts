// Runs in every world and touches none: takes secrets out of a URL before it leaves the page.

/** Query parameters whose values are secrets, whatever their case. */
const SECRET_PARAMETERS =
  /^(?:(?:access|refresh|id|auth|csrf|xsrf|session|bearer)[-_]?token|token|api[-_]?key|apikey|key|code|password|passwd|pwd|pass|secret|client[-_]?secret|auth|authorization|credentials?|sig|signature|x-amz-(?:signature|credential|security-token)|sessionid|session|sid|jwt|otp)$/i

export const REDACTED = 'REDACTED'

/** `url` without user name, password and the values of secret parameters, in query and fragment. Absolute URLs only. */
export function redactUrl(url: string): string {
  return url
    .replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#@]*@/i, `$1${REDACTED}@`)
    .replace(/([?&#;])([^=&#;]*)=([^&#;]*)/g, (pair, mark: string, name: string) =>
      SECRET_PARAMETERS.test(decoded(name)) ? `${mark}${name}=${REDACTED}` : pair,
    )
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
