import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { insightsPage } from '../../../../model/insights/insights-page.ts'
import { projectRoot } from '../../../../scripts/project-root.ts'

test('docs/insights.md says what the rules do', async () => {
  expect(await readFile(join(projectRoot, 'docs', 'insights.md'), 'utf8')).toBe(insightsPage())
})
