// Model: finds the source locations in the text of a stack.

/** A line of a stack, and the source location in it. Lines and columns count from 1. */
export interface StackFrame {
  before: string
  place?: { text: string; url: string; line: number; column: number }
  after: string
}

/** V8: `at name (url:1:2)`, `at url:1:2`; SpiderMonkey: `name@url:1:2`; DevTools: `name url:1:2`. */
const PLACE = /((?:https?|file|webpack|webpack-internal|blob):\S*?):(\d+):(\d+)(?=\)?$)/

export function stackFrames(stack: string): StackFrame[] {
  return stack.split('\n').map(line => {
    const match = PLACE.exec(line)
    if (!match) return { before: line, after: '' }
    const [text, url = '', lineNumber, column] = match
    return {
      before: line.slice(0, match.index),
      place: { text, url, line: Number(lineNumber), column: Number(column) },
      after: line.slice(match.index + text.length),
    }
  })
}
