// Node: the tests in a real Firefox, with its real DevTools. Apart from the others: who works on Perf has a Chromium
// anyway, and a Firefox maybe not.
import { defineConfig } from 'playwright/test'

export default defineConfig({
  testDir: '.',
  outputDir: '../../test-results',
  workers: 1,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  forbidOnly: true,
  reporter: [['list']],
})
