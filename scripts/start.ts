// World: Node, entry of `npm start`.

import { parseStartOptions, usage } from './start-options.ts'
import { start } from './start-perf.ts'

try {
  const options = parseStartOptions(process.argv.slice(2))
  if (options === 'help') console.log(usage)
  else await start(options)
} catch (error) {
  // Playwright's messages go on with a call log.
  const [sentence] = String(error instanceof Error ? error.message : error).split('\n')
  console.error(sentence)
  process.exitCode = 1
}
