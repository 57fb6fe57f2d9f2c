// Test (real Chromium, real DevTools): what happens in a page beside its operations is recorded.

import { schemaErrors } from './session-schema.ts'
import { expect, exportWhen, test } from './shared-tab-test.ts'

test('records interactions, soft navigations and long frames, and nothing while paused', async ({
  inspected,
  demo,
}) => {
  const { page, panel } = inspected
  await page.goto(`${demo.url}/empty`)
  await page.evaluate(() => {
    const button = document.createElement('button')
    button.textContent = 'a secret'
    button.addEventListener('click', () => {
      const end = performance.now() + 120
      while (performance.now() < end);
      history.pushState(null, '', '/empty?token=secret#/orders')
      document.body.append(`${'shown '.repeat(500)}`)
    })
    document.body.append(button)
  })
  await page.getByRole('button').click()
  const expected = ['interaction', 'long-animation-frame', 'soft-navigation']
  const known = await page.evaluate(() => [...PerformanceObserver.supportedEntryTypes])
  const types = expected.filter(type => type === 'interaction' || known.includes(type))
  const session = await exportWhen(inspected, ({ marks }) =>
    types.every(type => marks.some(mark => mark.type === type)),
  )
  expect(schemaErrors(session)).toEqual([])
  expect(session.marks).toContainEqual(
    expect.objectContaining({ type: 'interaction', name: 'click', interactionId: expect.any(Number) }),
  )
  const click = session.marks.find(mark => mark.type === 'interaction' && mark.name === 'click')
  expect((click as { duration: number }).duration).toBeGreaterThanOrEqual(112)
  expect(JSON.stringify(session.marks)).not.toContain('secret')

  await panel.getByRole('button', { name: 'Record' }).click()
  await exportWhen(inspected, ({ gaps }) => gaps.some(({ reason }) => reason === 'paused'))
  await page.getByRole('button').click()
  await panel.getByRole('button', { name: 'Record' }).click()
  await page.getByRole('button').click()
  const clicks = ({ marks }: typeof session) =>
    new Set(marks.flatMap(mark => (mark.type === 'interaction' && mark.name === 'click' ? [mark.time] : [])))
  const resumed = await exportWhen(inspected, later => clicks(later).size > 1)
  expect(clicks(resumed).size).toBe(2)
})
