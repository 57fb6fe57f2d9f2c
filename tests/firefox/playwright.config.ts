// Node: the tests in a real Firefox, with its real DevTools. Apart from the others: who works on Perf has a Chromium
// anyway, and a Firefox maybe not.
import { defineConfig } from 'playwright/test'
import base from '../../playwright.config.ts'

export default defineConfig({ ...base, testDir: '.', outputDir: '../../test-results', workers: 1 })
