// Node: what we send, taken by a real Jaeger and a real OpenTelemetry Collector: `npm run test:collector`.
import { defineConfig } from 'playwright/test'
import base from '../../playwright.config.ts'

export default defineConfig({
  ...base,
  testDir: '.',
  outputDir: '../../test-results',
  // The backends are built first, which takes some minutes where nothing of them is in Go's cache.
  timeout: 3_600_000,
  workers: 1,
})
