// Any world: what is recorded of a request's call stack.
import { isPageScriptFrame } from './page-script.ts'
import { redactText } from './redact-text.ts'

/**
 * The page's frames of a stack, one to a line, the innermost first, without secrets in their URLs and without frames of
 * the page script.
 *
 * @param stack as V8 (`Error`, then `    at name (url:1:2)`) or SpiderMonkey (`name@url:1:2`) writes it.
 */
export function pageFrames(stack: string): string {
  const frames = stack.split('\n').filter(line => /^\s*at |@/.test(line) && !isPageScriptFrame(line))
  return redactText(frames.map(frame => frame.trim()).join('\n'))
}
