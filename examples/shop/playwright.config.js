import { defineConfig } from 'playwright/test'

const port = process.env.SHOP_PORT ?? '4321'
const url = `http://127.0.0.1:${port}`

export default defineConfig({
  testDir: 'tests',
  // One at a time: tests that share the processor measure each other.
  workers: 1,
  reporter: 'line',
  use: {
    baseURL: url,
    // A browser that Playwright has not installed itself.
    launchOptions: process.env.CHROMIUM_PATH ? { executablePath: process.env.CHROMIUM_PATH } : {},
  },
  webServer: { command: `node server.js ${port}`, url },
})
