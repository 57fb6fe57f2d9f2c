import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cmdCommand, curlCommand, fetchCall } from '../../../../../panel/views/details/request-copies.ts'

/** The arguments that a POSIX shell passes to `curl` for each command. */
function argumentsBySh(commands: string[]): string[][] {
  const script = `curl() { printf '%s\\0' "$@"; printf '\\n\\0'; }\n${commands.join('\n')}`
  const output = execFileSync('sh', ['-c', script], { encoding: 'utf8' })
  return output
    .split('\n\0')
    .slice(0, -1)
    .map(args => args.split('\0').slice(0, -1))
}

/** What cmd.exe makes of a command line in which all quotation marks are escaped: a caret takes the next character as it is. */
function readByCmd(command: string): string {
  // Variables are replaced first, so none may be left: https://ss64.com/nt/syntax-esc.html
  expect(command).not.toMatch(/%\w+%/)
  return command.replace(/\^(.)/gs, '$1')
}

/**
 * The arguments that a program on Windows gets.
 * @see https://learn.microsoft.com/cpp/c-language/parsing-c-command-line-arguments
 */
function argumentsOnWindows(line: string): string[] {
  const found: string[] = []
  let argument: string | undefined
  let quoted = false
  for (const [, slashes = '', character = ''] of line.matchAll(/(\\*)([^\\]?)/g)) {
    const isMark = character === '"'
    const kept = isMark ? '\\'.repeat(slashes.length / 2) : slashes
    if (kept !== '' || isMark) argument = (argument ?? '') + kept
    if (isMark && slashes.length % 2 === 0) quoted = !quoted
    else if (!quoted && character === ' ') {
      if (argument !== undefined) found.push(argument)
      argument = undefined
    } else if (character !== '') argument = (argument ?? '') + character
  }
  return argument === undefined ? found : [...found, argument]
}

const hostile = fc.string({
  unit: fc.oneof(
    fc.constantFrom("'", '"', '`', '$', '\\', '(', ';', '|', '&', '\n', '\0', ' ', '!', '#', '~', '[', '{'),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  ),
  maxLength: 30,
})
const urls = fc
  .tuple(
    fc.constantFrom('http://', 'https://', '-o', '@/etc/passwd', 'file:///', '', 'javascript:'),
    hostile,
    hostile,
    hostile,
  )
  .map(([scheme, path, query, fragment]) => `${scheme}a.example/${path}?${query}#${fragment}`)
const methods = fc.oneof(fc.constantFrom('GET', 'POST', 'HEAD', "X'Y", 'a b', '-x', '$(id)', ''), hostile)

test('writes a command that a shell splits into exactly the arguments', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ url: urls, method: methods }), { minLength: 1, maxLength: 40 }), requests => {
      const copied = requests.flatMap(request => {
        const command = curlCommand(request)
        if (command === undefined) {
          const protocol = URL.canParse(request.url) ? new URL(request.url).protocol : ''
          expect(/^https?:$/.test(protocol) && /^[\w!#$%&'*+.^`|~-]+$/.test(request.method)).toBe(false)
          return []
        }
        expect(command).not.toContain('\n')
        return [{ ...request, command }]
      })
      const found = argumentsBySh(copied.map(({ command }) => command))
      expect(found).toHaveLength(copied.length)
      for (const [i, { url, method }] of copied.entries()) {
        const { href } = new URL(url)
        const glob = /[[\]{}]/.test(href) ? ['--globoff'] : []
        const by = method === 'GET' ? [] : method === 'HEAD' ? ['--head'] : ['--request', method]
        expect(found[i]).toEqual([href, ...glob, ...by])
      }
    }),
    { numRuns: 60 },
  )
})

test('writes a command that Windows splits into exactly the arguments', () => {
  const path = fc.constantFrom('\\', '\\\\', '%PATH%', '%41%', '"', '^', '&calc', '!a!', '(', 'é')
  const ending = fc.tuple(urls, fc.array(path, { maxLength: 6 })).map(([url, end]) => url + end.join(''))
  fc.assert(
    fc.property(fc.oneof(urls, ending), methods, (url, method) => {
      const command = cmdCommand({ url, method })
      if (command === undefined) return
      const { href } = new URL(url)
      const glob = /[[\]{}]/.test(href) ? ['--globoff'] : []
      const by = method === 'GET' ? [] : method === 'HEAD' ? ['--head'] : ['--request', method]
      expect(argumentsOnWindows(readByCmd(command))).toEqual(['curl', href, ...glob, ...by])
    }),
    { numRuns: 500, examples: [['https://a.example/?dir=C:\\', 'POST']] },
  )
})

test('writes a call of fetch that makes exactly the request', async () => {
  await fc.assert(
    fc.asyncProperty(urls, methods, async (url, method) => {
      const code = fetchCall({ url, method })
      if (code === undefined) return
      const calls: unknown[][] = []
      const run = new Function('fetch', `return (async () => {\n${code}\n})()`)
      await run((...args: unknown[]) => void calls.push(args))
      expect(calls).toEqual([method === 'GET' ? [new URL(url).href] : [new URL(url).href, { method }]])
    }),
  )
})
