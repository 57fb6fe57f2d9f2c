// Node: the tests in a real Chromium, with the built extension and the real DevTools.
import { defineConfig } from 'playwright/test'

const WAITS = /@waits/

export default defineConfig({
  testDir: 'tests/browser',
  outputDir: 'test-results',
  // Two browsers at a time: while one test waits for its page, another's DevTools load. A third runs the tests that mostly wait,
  // for a worker to fall asleep or for a quota to be noticed, and need the processor for little of their time.
  workers: 3,
  projects: [
    { name: 'browser', grepInvert: WAITS, workers: 2 },
    { name: 'waiting', grep: WAITS, workers: 1 },
  ],
  retries: 0,
  timeout: 120_000,
  // Conditions are waited for, not times; a busy machine takes longer to fulfil them.
  expect: { timeout: 20_000 },
  forbidOnly: true,
  reporter: [['list']],
})
