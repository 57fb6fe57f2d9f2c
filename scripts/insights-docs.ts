// Node: `npx tsx scripts/insights-docs.ts` writes docs/insights.md from the rules themselves.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { insightsPage } from '../model/insights/insights-page.ts'
import { projectRoot } from './project-root.ts'

await writeFile(join(projectRoot, 'docs', 'insights.md'), insightsPage())
