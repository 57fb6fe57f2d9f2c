// Node: tests that need a machine which does nothing else.
import { defineConfig } from 'playwright/test'
import base from '../../playwright.config.ts'

export default defineConfig({ ...base, testDir: '.', outputDir: '../../test-results', workers: 1 })
