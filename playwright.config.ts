// Node: the tests in a real Chromium, with the built extension and the real DevTools.
import { defineConfig } from 'playwright/test'

export default defineConfig({
  testDir: 'tests/browser',
  outputDir: 'test-results',
  // Two browsers at a time: while one test waits for its page, another's DevTools load.
  workers: 2,
  retries: 0,
  timeout: 120_000,
  // Conditions are waited for, not times; a busy machine takes longer to fulfil them.
  expect: { timeout: 20_000 },
  forbidOnly: true,
  reporter: [['list']],
})
