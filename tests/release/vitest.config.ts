// Node: the test of a release, by `npm run test:release`: it builds everything twice, which takes longer than all other tests
// of the package together.
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: { include: ['tests/release/*.test.ts'], testTimeout: 300_000, hookTimeout: 600_000 },
})
