// Runs in every world and touches none: whether the extension may run in the page of a tab, and if not, why.

/**
 * `withheld`: the user has not given access to the site. `source`: the page is shown as its source. `siteless`:
 * about:blank, a `data:` page, a local file: the browser does not tell which. `unknown`: for a reason of the browser's,
 * in its words.
 */
export type ClosedReason =
  | 'browser'
  | 'store'
  | 'extension'
  | 'error'
  | 'policy'
  | 'withheld'
  | 'source'
  | 'siteless'
  | 'unknown'

export type PageAccess = { open: true } | { open: false; reason: ClosedReason; said: string }

/** What Chromium says when it lets no extension in (extensions/common/manifest_constants.cc), in this order. */
const SAID: [RegExp, ClosedReason][] = [
  [/different extension/, 'extension'],
  [/gallery/, 'store'],
  [/error page/, 'error'],
  [/polic(y|ies)/i, 'policy'],
  [/Cannot access an? \S+:\/\/ URL/, 'browser'],
  [/Cannot access contents of/, 'siteless'],
]

/** Reads the browser's refusal. */
export function accessRefused(said: string): PageAccess {
  const reason = SAID.find(([pattern]) => pattern.test(said))?.[1] ?? 'unknown'
  return { open: false, reason, said }
}
