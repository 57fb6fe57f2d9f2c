// Any world: whether the extension may run in the page of a tab, and if not, why.

/**
 * `withheld`: the user has not given access to the site. `source`: the page is shown as its source. `siteless`: about:blank, a
 * `data:` page or a local file, the browser does not say which. `unknown`: for another reason, in the browser's words.
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
