// Panel: a recorded request as a command and as code. Headers and bodies are not recorded. Touches no DOM.
import type { HttpDetail } from '../../../wire/operations.ts'

/** RFC 9110 §5.6.2: what a method may consist of. */
const METHOD = /^[\w!#$%&'*+.^`|~-]+$/

type Request = Pick<HttpDetail, 'method' | 'url'>

/**
 * Undefined for what is no request to a server. The URL is parsed anew, which leaves no control character in it and
 * makes sure that no program takes it for an option or a file's name.
 */
function checked({ method, url }: Request): Request | undefined {
  if (!URL.canParse(url) || !METHOD.test(method)) return undefined
  const { protocol, href } = new URL(url)
  return protocol === 'http:' || protocol === 'https:' ? { method, url: href } : undefined
}

/** A command line for POSIX shells. */
export function curlCommand(recorded: Request): string | undefined {
  const request = checked(recorded)
  if (!request) return undefined
  const { method, url } = request
  // Brackets and braces are patterns to curl; and it would wait for the body of an answer to HEAD.
  const options = [...(/[[\]{}]/.test(url) ? ['--globoff'] : []), ...methodOptions(method)]
  return ['curl', quoted(url), ...options].join(' ')
}

/** A call for the console. */
export function fetchCall(recorded: Request): string | undefined {
  const request = checked(recorded)
  if (!request) return undefined
  const { method, url } = request
  const init = method === 'GET' ? '' : `, { method: ${JSON.stringify(method)} }`
  return `// Headers and body are not recorded.\nawait fetch(${JSON.stringify(url)}${init})`
}

function methodOptions(method: string): string[] {
  if (method === 'GET') return []
  return method === 'HEAD' ? ['--head'] : ['--request', quoted(method)]
}

/** XCU §2.2.2: all between single quotes stands for itself, but a single quote. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
