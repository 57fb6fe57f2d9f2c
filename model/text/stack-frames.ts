// Model: finds the source locations in the text of a stack.

/** A line of a stack, and the source location in it. Lines and columns count from 1. */
export interface StackFrame {
  before: string
  place?: { text: string; url: string; line: number; column: number }
  after: string
}

/**
 * V8: `at name (url:1:2)`, `at url:1:2`; SpiderMonkey: `name@url:1:2`; DevTools: `name url:1:2`. One pattern for all of it
 * would try each scheme in the line to its end: a page makes lines of any length.
 */
const SCHEME = /(?:https?|file|webpack|webpack-internal|blob):/
const PLACE = /^(\S*):(\d+):(\d+)(?=\)?$)/

export function stackFrames(stack: string): StackFrame[] {
  return stack.split('\n').map(line => {
    const lastWord = line.split(/\s/).at(-1) ?? ''
    const found = lastWord.search(SCHEME)
    const [text, url = '', lineNumber, column] = PLACE.exec(found < 0 ? '' : lastWord.slice(found)) ?? []
    if (text === undefined) return { before: line, after: '' }
    const start = line.length - lastWord.length + found
    return {
      before: line.slice(0, start),
      place: { text, url, line: Number(lineNumber), column: Number(column) },
      after: line.slice(start + text.length),
    }
  })
}
