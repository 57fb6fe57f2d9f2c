// Test (Node): what a set of cases is.

/**
 * The body of an async function that runs in a page: it does something with `t` (page/harness.ts) and the
 * platform, and returns what it could observe. As text, so that it may do what types forbid, and so that no
 * compiler adds to it.
 */
export type CaseSource = string

/** Cases by their names. */
export type CaseSet = Readonly<Record<string, CaseSource>>

/** What could be observed of one run, by the page and by the server. */
export interface CaseRecord {
  page: unknown
  /** Errors and rejections that the case did not handle, as events of the window. */
  events: unknown
  wire: unknown
}
