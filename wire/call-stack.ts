// Runs in every world and touches none: what is recorded of a request's call stack.
import { isPageScriptFrame } from './page-script.ts'
import { redactUrl } from './redact-url.ts'

/**
 * The page's frames of a stack, one to a line, the innermost first, without secrets in their URLs and without frames of
 * the page script.
 *
 * @param stack as V8 (`Error`, then `    at name (url:1:2)`) or SpiderMonkey (`name@url:1:2`) writes it.
 */
export function pageFrames(stack: string): string {
  const frames = stack.split('\n').filter(line => /^\s*at |@/.test(line) && !isPageScriptFrame(line))
  return redactFrames(frames.map(frame => frame.trim()).join('\n'))
}

/** A URL, and the place in it. */
const PLACE = /([a-z][a-z0-9+.-]*:\/\/\S+?)((?::\d+)*\)?)(?=\s|$)/gi

/** @param names of parameters, as `redactUrl` takes them. */
export function redactFrames(frames: string, names?: ReadonlySet<string>): string {
  return frames.replace(PLACE, (_, url: string, at: string) => redactUrl(url, names) + at)
}
