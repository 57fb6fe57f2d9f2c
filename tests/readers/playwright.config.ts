// Node: files that we write, opened in readers that are too large to install for everybody: `npm run test:readers`.
import { defineConfig } from 'playwright/test'
import base from '../../playwright.config.ts'

export default defineConfig({
  ...base,
  testDir: '.',
  outputDir: '../../test-results',
  globalSetup: './install.ts',
  workers: 1,
})
