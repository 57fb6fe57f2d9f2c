// Panel: shows a place of the page's code in DevTools' own tab Sources.

/** Lines and columns count from 1. */
export interface SourcePlace {
  url: string
  line: number
  column: number
}

/** What of `devtools.panels` is used: Chromium has it, Firefox has not. Its lines and columns count from 0. */
export interface ResourceOpener {
  openResource?(url: string, line: number, column: number): void
}

/** Undefined where the browser has no such function. */
export function createSourceOpener(panels: ResourceOpener): ((place: SourcePlace) => void) | undefined {
  if (typeof panels.openResource !== 'function') return undefined
  return ({ url, line, column }) => panels.openResource?.(url, line - 1, column - 1)
}
