// Node: the tests in a real Firefox, with its real DevTools. They run after those in Chromium: side by side, the two browsers would only
// slow each other down.
import { defineConfig } from 'playwright/test'
import base from '../../playwright.config.ts'

export default defineConfig({ ...base, testDir: '.', outputDir: '../../test-results', workers: 1 })
