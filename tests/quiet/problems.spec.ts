// Test (real Chromium, real DevTools): problems of real pages that are named. The rules compare times, which a busy machine
// changes: `npm run test:quiet` needs one that does nothing else.
import { Buffer } from 'node:buffer'
import { writeScenario } from '../../bench/insights/generator/scenario.ts'
import * as problems from '../browser/insights/problems.ts'
import { withProblems } from '../browser/insights/with-problems.ts'
import { expect, test } from '../browser/perf-test.ts'

const EXPECTED: [problem: () => Promise<void>, line: RegExp][] = [
  [problems.onePerItem, /One request per item.*GET \/api\/orders\/:id.*likely/],
  [problems.sameTwice, /Same request twice at the same time.*GET \/api\/account.*2 requests.*certain/],
  [problems.oneAfterTheOther, /Requests one after the other.*up to [\d.]+ m?s.*likely/],
  [problems.retries, /Retries without a pause.*GET \/fail\/cart.*7 failed.*certain/],
  [problems.slowNowAndThen, /Sometimes very slow.*GET \/api\/search.*up to [34](\.\d+)? s.*likely/],
  [problems.hugeAnswers, /Large answers.*GET \/huge\/products.*up to \d+ ms.*likely/],
  [problems.leavesRequestsBehind, /Requests that the page left behind.*GET \/api\/widgets.*certain/],
]

test('names each of eight problems in the first two lines, without a click', async () => {
  await withProblems(async ({ panel, run }) => {
    const lines = panel.getByRole('list', { name: 'What to fix first' }).getByRole('listitem')
    for (const [problem, line] of EXPECTED) {
      await run(problem)
      await expect
        .poll(async () => (await lines.allTextContents()).slice(0, 2).join('\n'), { message: problem.name })
        .toMatch(line)
    }
    // It takes minutes to be sure that a heap grows.
    const { text } = writeScenario({ seed: 1, problems: ['heap-growth'], traps: [] })
    const file = { name: 'leak.json', mimeType: 'application/json', buffer: Buffer.from(text) }
    await panel.getByLabel('Session files').setInputFiles(file)
    await expect(panel.getByTitle('Switch session')).toContainText('leak.json')
    await expect
      .poll(async () => (await lines.allTextContents()).slice(0, 2).join('\n'))
      .toMatch(/The heap did not fall back.*MB.*possible/)
  })
})
