// Node: what we send, taken by a real Jaeger and a real OpenTelemetry Collector: `npm run test:collector`.
import { defineConfig } from 'playwright/test'
import base from '../../playwright.config.ts'

export default defineConfig({
  ...base,
  testDir: '.',
  outputDir: '../../test-results',
  globalSetup: './build-backends.ts',
  timeout: 1_200_000,
  workers: 1,
})
