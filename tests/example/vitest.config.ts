// Node: the test of the example project, which takes minutes: `npm run test:example`.
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['tests/example/**/*.test.ts'],
    globalSetup: 'tests/package/pack.ts',
    retry: 0,
  },
})
