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
  return commandOf(recorded, quote)
}

/** A command line for cmd.exe of Windows. */
export function cmdCommand(recorded: Request): string | undefined {
  return commandOf(recorded, quoteForCmd)
}

function commandOf(recorded: Request, quote: (text: string) => string): string | undefined {
  const request = normalize(recorded)
  if (!request) return undefined
  const { method, url } = request
  // curl expands brackets and braces as patterns, unless `--globoff` is given.
  const options = [...(/[[\]{}]/.test(url) ? ['--globoff'] : []), ...methodOptions(method, quote)]
  return ['curl', quote(url), ...options].join(' ')
}

/** A call for the console. */
export function fetchCall(recorded: Request): string | undefined {
  const request = normalize(recorded)
  if (!request) return undefined
  const { method, url } = request
  const init = method === 'GET' ? '' : `, { method: ${JSON.stringify(method)} }`
  return `// Headers and body are not recorded.\nawait fetch(${JSON.stringify(url)}${init})`
}

/** After `--request HEAD`, curl would wait for a body. */
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
 * Two programs read the text. cmd.exe replaces %NAME% even within quotation marks, and outside of them it takes a caret as an escape.
 * So the quotation marks and all special characters are escaped with carets, and a caret separates a per cent sign from the name
 * after it, as in Chromium's *Copy as cURL (cmd)*. Then curl's C runtime splits the arguments: a backslash escapes a quotation mark,
 * so backslashes before one, or before the end, are doubled.
 * https://learn.microsoft.com/cpp/c-language/parsing-c-command-line-arguments
 */
function quoteForCmd(text: string): string {
  const argument = text.replace(/(\\*)"/g, '$1$1\\"').replace(/\\+$/, '$&$&')
  const escaped = argument.replace(/[^\w\s\-:=+~'/.,?;()*`]/g, '^$&').replace(/%(?=\w)/g, '%^')
  return `^"${escaped}^"`
}
