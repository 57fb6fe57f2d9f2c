// World: Node, entry of `npm test`.

import { runTests } from './run-tests.ts'

const { passed, failed } = await runTests()
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
