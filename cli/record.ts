// Node: `perf-devtools record`.
import { parseArgs } from 'node:util'
import { writeSessionFile } from '../node/session-file.ts'
import type { RecordOptions } from './record-url.ts'
import { type Command, oneOf, timeOf, UsageError, writing } from './usage.ts'

const BROWSERS = ['chromium', 'firefox', 'webkit'] as const
const DEFAULT_OUT = 'perf-session.json'
export const recordCommand: Command = {
  name: 'record',
  summary: 'opens a URL in a browser of its own and records what the page does',
  help: `perf-devtools record URL [--out FILE] [--for TIME] [--timeout TIME] [--browser NAME] [--executable PATH] [--headed]

Opens the URL by Playwright, which has to be installed (npm install --save-dev playwright), and writes the session.

  --out FILE         where (default ${DEFAULT_OUT}; compressed if it ends with .gz)
  --for TIME         how long to record once the page has loaded, such as 10s (default: until it makes no requests)
  --timeout TIME     how long the page may take to load, and to stop making requests (default 30s)
  --browser NAME     chromium (default), firefox or webkit
  --executable PATH  a browser that Playwright has not installed itself
  --headed           with a window

Exit code: 0; 2 for wrong usage, and if the page cannot be opened.`,
  async run(args, streams) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: {
        out: { type: 'string', default: DEFAULT_OUT },
        for: { type: 'string' },
        timeout: { type: 'string', default: '30s' },
        browser: { type: 'string', default: 'chromium' },
        executable: { type: 'string' },
        headed: { type: 'boolean', default: false },
      },
      allowPositionals: true,
    })
    const [url, ...others] = positionals
    if (url === undefined || others.length > 0) throw new UsageError('name one URL.')
    if (!URL.canParse(url)) throw new UsageError(`"${url}" is no URL: write it with http:// or https://.`)
    const options: RecordOptions = {
      browser: oneOf('--browser', values.browser, BROWSERS),
      executablePath: values.executable,
      headed: values.headed,
      duration: values.for === undefined ? undefined : timeOf('--for', values.for),
      timeout: timeOf('--timeout', values.timeout),
    }
    streams.err(`recording ${url}\n`)
    const { recordUrl } = await import('./record-url.ts')
    const session = await recordUrl(url, options)
    await writing(values.out, () => writeSessionFile(session, values.out))
    const count = session.operations.length
    streams.out(`${values.out}: ${count.toLocaleString('en')} operation${count === 1 ? '' : 's'}\n`)
    return 0
  },
}
