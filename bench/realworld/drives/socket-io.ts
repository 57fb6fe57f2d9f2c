// Node. What users of a chat do: talk over each transport, send a file, lose the connection, leave.
import type { Page } from 'playwright'

export async function useSocketIo(page: Page): Promise<void> {
  for (const [transport, state] of [
    ['upgrade', 'websocket'],
    ['polling', 'polling'],
    ['websocket', 'websocket'],
  ] as const) {
    await page.getByLabel('Transport').selectOption(transport)
    await page.getByRole('button', { name: 'Join' }).click()
    const shown = page.locator('#state').filter({ hasText: state })
    await shown.waitFor()
    for (let n = 1; n <= 5; n++) {
      const text = `${n} by ${transport}`
      await page.getByLabel('Message').fill(text)
      await page.getByRole('button', { name: 'Send', exact: true }).click()
      await page.getByText(text).waitFor()
    }
    await page.getByRole('button', { name: 'Send a file' }).click()
    await page.getByText('file of 200000 bytes').last().waitFor()
    await page.getByRole('button', { name: 'Cut the connection' }).click()
    await page.locator('#state').filter({ hasText: 'none' }).waitFor()
    await shown.waitFor()
    await page.getByRole('button', { name: 'Leave' }).click()
    await page.locator('#state').filter({ hasText: 'none' }).waitFor()
  }
}
