// Node. What a user does in the app of todos: pages through a list, opens some, searches while typing, uploads, listens.
import type { Page } from 'playwright'

export async function useReactQuery(page: Page): Promise<void> {
  const part = (name: string) => page.getByRole('region', { name, exact: true })
  await page.getByText('20 todos').waitFor()
  await part('Todos').getByRole('button', { name: 'More' }).click()
  await page.getByText('40 todos').waitFor()
  for (const title of ['todo 2', 'todo 3', 'todo 2']) {
    await part('Todos').getByRole('button', { name: title, exact: true }).click()
    await part('Todo').getByText(title).waitFor()
  }
  await part('Todo').getByRole('button', { name: 'Toggle' }).click()
  await part('Todo').getByText('todo 2: done').waitFor()
  await page.getByRole('button', { name: 'Open a missing todo' }).click()
  await part('Todo').getByText('404').waitFor()
  await part('Search').getByLabel('Search todos').pressSequentially('todo 5', { delay: 100 })
  await part('Search').getByText('found for todo 5').waitFor()
  await part('Unreliable').getByRole('button').click()
  await part('Unreliable').getByText('fine').waitFor()
  const poll = part('Polling').getByRole('button')
  await poll.click()
  await page.waitForResponse(response => response.url().endsWith('/api/status'))
  await page.waitForResponse(response => response.url().endsWith('/api/status'))
  await poll.click()
  await part('Upload').getByRole('button').click()
  await part('Upload').getByText('3000000 bytes arrived').waitFor()
  const listen = part('Events').getByRole('button')
  await listen.click()
  await part('Events')
    .getByText(/^([3-9]|\d\d+) ticks/)
    .waitFor()
  await listen.click()
  // Left while a search is under way and events come.
  await listen.click()
  await part('Events')
    .getByText(/^([2-9]|\d\d+) ticks/)
    .waitFor()
  await part('Search').getByLabel('Search todos').fill('todo 7')
  await page.reload()
  await page.getByText('20 todos').waitFor()
}
