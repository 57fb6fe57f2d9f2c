// World: Node, entry of `npm test`.

import { runTests } from './run-tests.ts'

/** Characters of what failed. */
const MAX_LENGTH = 4_000

const { passed, failed, failures } = await runTests()
// Once more at the end, where whoever reads the end of a long log finds them.
for (const failure of failures) console.error(`FAILED ${failure.slice(0, MAX_LENGTH)}\n`)
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
