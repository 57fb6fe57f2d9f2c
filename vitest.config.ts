// Node: the unit tests, and those of the packed library.
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: [
      'tests/unit/**/*.test.ts',
      'tests/unit/**/*.test.tsx',
      'tests/package/**/*.test.ts',
      'tests/readme/**/*.test.ts',
    ],
    environment: 'node',
    // What was collected can be told from what was kept only when the collector can be called.
    execArgv: ['--expose-gc'],
    retry: 0,
    // Property-based tests run long on a busy machine, and no test measures time.
    testTimeout: 60_000,
  },
})
