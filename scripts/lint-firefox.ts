// World: Node, entry of `npm run lint:firefox`: what addons.mozilla.org would say of dist/firefox.
// https://extensionworkshop.com/documentation/develop/web-ext-command-reference/#web-ext-lint

import { execFile } from 'node:child_process'
import { projectRoot } from './project-root.ts'

/** With npx it is in a folder of npm's own: with its 300 packages it would double what a contributor installs. */
const WEB_EXT = 'web-ext@10.7.0'

/** Preact's `dangerouslySetInnerHTML`, which Perf never uses. */
const PREACT_INNER_HTML = 'UNSAFE_VAR_ASSIGNMENT'

interface Message {
  readonly code: string
  readonly message: string
  readonly file?: string
}

const { errors, warnings } = await lint()
const own = warnings.filter(({ code }) => code !== PREACT_INNER_HTML)
for (const { code, message, file = '' } of [...errors, ...own]) console.error(`${code} ${file}: ${message}`)
console.log(`${errors.length} errors, ${own.length} warnings of our own, ${warnings.length - own.length} of Preact`)
process.exitCode = errors.length + own.length === 0 ? 0 : 1

/** Its exit code says only whether there are errors, which the report lists too. */
function lint(): Promise<{ errors: Message[]; warnings: Message[] }> {
  const args = ['--yes', WEB_EXT, 'lint', '--source-dir', 'dist/firefox', '--output', 'json', '--self-hosted=false']
  return new Promise((resolve, reject) => {
    execFile('npx', args, { cwd: projectRoot }, (error, stdout) => {
      try {
        resolve(JSON.parse(stdout))
      } catch {
        reject(error ?? new Error('web-ext wrote no report.'))
      }
    })
  })
}
