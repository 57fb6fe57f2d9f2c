// Node. What a user does in GraphiQL: queries, a change, a query that fails, a subscription that is stopped.
import type { Page } from 'playwright'

export async function useGraphiql(page: Page): Promise<void> {
  await run(page, 'query Messages { messages { id text author } }', 'alice')
  await run(page, 'mutation Send { send(text: "good morning", author: "bob") { id } }', '"id": "2"')
  await run(page, 'query Slow { slow(ms: 300) }', '300')
  await run(page, 'query Broken { broken }', 'Unexpected error')
  await run(page, 'subscription Countdown { countdown(from: 5) }', '"countdown": 0')
  // The editor shows blanks as no-break spaces, which a pattern has to allow.
  await run(page, 'subscription Long { countdown(from: 500) }', /"countdown":\s4\d\d/)
  await page.getByRole('button', { name: /stop/i }).click()
}

async function run(page: Page, query: string, answer: string | RegExp): Promise<void> {
  const [, name = ''] = query.split(/\W/)
  await page.locator('.graphiql-editor .view-lines').first().click()
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.press('Delete')
  await page.keyboard.insertText(query)
  // The editor sends the name that it has read of the query, a moment after the query was typed.
  await page.getByRole('tab', { name }).waitFor()
  // While a subscription runs, the same keys stop it.
  await page.getByRole('button', { name: /execute/i }).waitFor()
  await page.keyboard.press('ControlOrMeta+Enter')
  await page.locator('.result-window').getByText(answer).first().waitFor()
}
