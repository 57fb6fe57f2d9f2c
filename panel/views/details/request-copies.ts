// Panel: formats a recorded request as a command and as code. Headers and bodies are not recorded.
import type { HttpDetail } from '../../../wire/operations.ts'

/** The characters of a method: https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2 */
const METHOD = /^[\w!#$%&'*+.^`|~-]+$/

type Request = Pick<HttpDetail, 'method' | 'url'>

/**
 * Undefined if it is not a request to a server. The URL is parsed and serialized again: this escapes control characters,
 * and no program can mistake the result for an option or a file name.
 */
function normalize({ method, url }: Request): Request | undefined {
  if (!URL.canParse(url) || !METHOD.test(method)) return undefined
  const { protocol, href } = new URL(url)
  return protocol === 'http:' || protocol === 'https:' ? { method, url: href } : undefined
}

/** A command line for POSIX shells. */
export function curlCommand(recorded: Request): string | undefined {
  const request = normalize(recorded)
  if (!request) return undefined
  const { method, url } = request
  // curl takes brackets and braces for patterns. After `--request HEAD` it would wait for a body.
  const options = [...(/[[\]{}]/.test(url) ? ['--globoff'] : []), ...methodOptions(method, quote)]
  return ['curl', quote(url), ...options].join(' ')
}

/** A command line for cmd.exe of Windows. */
export function cmdCommand(recorded: Request): string | undefined {
  const request = normalize(recorded)
  if (!request) return undefined
  const { method, url } = request
  const options = [...(/[[\]{}]/.test(url) ? ['--globoff'] : []), ...methodOptions(method, quoteForCmd)]
  return ['curl', quoteForCmd(url), ...options].join(' ')
}

/** A call for the console. */
export function fetchCall(recorded: Request): string | undefined {
  const request = normalize(recorded)
  if (!request) return undefined
  const { method, url } = request
  const init = method === 'GET' ? '' : `, { method: ${JSON.stringify(method)} }`
  return `// Headers and body are not recorded.\nawait fetch(${JSON.stringify(url)}${init})`
}

function methodOptions(method: string, quote: (text: string) => string): string[] {
  if (method === 'GET') return []
  return method === 'HEAD' ? ['--head'] : ['--request', quote(method)]
}

/**
 * In single quotes, every character except a single quote is literal.
 * @see https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_02_02
 */
function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}

/**
 * cmd.exe replaces %NAME% also within quotation marks, and takes ^ for an escape outside of them: so the quotation marks and
 * all special characters are escaped, and a caret keeps a per cent sign from what follows. Chromium copies the same way.
 * https://learn.microsoft.com/windows-server/administration/windows-commands/cmd
 */
function quoteForCmd(text: string): string {
  const escaped = text.replace(/[^\w\s\-:=+~'/.,?;()*`]/g, '^$&').replace(/%(?=\w)/g, '%^')
  return `^"${escaped}^"`
}
