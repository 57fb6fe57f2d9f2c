// Test (Node): what a set of cases is.

/**
 * The body of an async function that runs in a page: it does something with `t` (page/harness.ts) and the
 * platform, and returns what it could observe. As text, so that it may do what types forbid, and so that no
 * compiler adds to it.
 */
export type CaseSource = string

/** Cases by their names. */
export type CaseSet = Readonly<Record<string, CaseSource>>
