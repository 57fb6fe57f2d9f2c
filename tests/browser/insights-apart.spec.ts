// Test (real Chromium, real DevTools): insights about other sites, of a session file.
import { Buffer } from 'node:buffer'
import { APPS } from '../../bench/insights/simulated/apps.ts'
import { simulate } from '../../bench/insights/simulated/sessions.ts'
import { violationsIn } from './axe.ts'
import { expect, test } from './shared-tab-test.ts'

test('shows what another site does below a heading of its own, reached by the same keys', async ({ inspected }) => {
  const { panel, frontend } = inspected
  const { text } = await simulate({
    seed: 5,
    app: APPS[0] as (typeof APPS)[number],
    problems: ['failing-route', 'preflight-cost'],
    innocents: [],
    tab: { isFirefox: false, devtoolsShare: 1, allowsTiming: true, resolution: 0.1, stacks: 'devtools' },
  })
  await panel
    .getByLabel('Session files')
    .setInputFiles({ name: 'shop.json', mimeType: 'application/json', buffer: Buffer.from(text) })
  await panel.getByRole('tab', { name: 'Insights' }).click()
  const apart = panel.getByRole('list', { name: 'Outside this app' })
  await expect(apart.getByRole('listitem')).toHaveText([/^CORS preflights.*https:\/\/core\.example\.com/])
  const first = panel.getByRole('list', { name: 'What to fix first' }).getByRole('button')
  await expect(first).toHaveText([/^Failing/])
  await first.focus()
  await frontend.keyboard.press('ArrowDown')
  await expect(apart.getByRole('button')).toBeFocused()
  await frontend.keyboard.press('Enter')
  await expect(apart).toContainText('Its requests go to another site.')
  expect(await violationsIn(panel)).toEqual([])
})
