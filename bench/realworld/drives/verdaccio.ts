// Node. What a user does in a package registry: looks around, searches, reads a package's pages, logs in and out.
import type { Page } from 'playwright'

export async function useVerdaccio(page: Page): Promise<void> {
  await page.getByText('The package app').first().waitFor()
  const search = page.getByRole('combobox')
  await Promise.all([
    page.waitForResponse(response => response.url().endsWith('/search/shapes')),
    search.pressSequentially('shapes', { delay: 120 }),
  ])
  await page.keyboard.press('ArrowDown')
  await page.getByRole('option').first().click()
  await page.getByText('Its readme').first().waitFor()
  for (const tab of ['Dependencies', 'Versions', 'Uplinks', 'Readme']) {
    await page.getByRole('tab', { name: tab }).click()
  }
  await page.getByRole('button', { name: /log ?in/i }).click()
  await logIn(page, 'wrong password')
  await page.getByRole('alert').first().waitFor()
  await logIn(page, 'correct horse')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  await goOffline(page)
  await page.goto(new URL('/-/web/detail/app', page.url()).href)
  await page.getByText('Its readme').first().waitFor()
  await page.goBack()
  await page.getByText('Its readme').first().waitFor()
}

/** The train goes into a tunnel: a search fails. */
async function goOffline(page: Page): Promise<void> {
  await page.context().setOffline(true)
  await Promise.all([page.waitForEvent('requestfailed'), page.getByRole('combobox').fill('queue')])
  await page.context().setOffline(false)
}

async function logIn(page: Page, password: string): Promise<void> {
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(/username/i).fill('alice')
  await dialog.getByLabel(/password/i).fill(password)
  await dialog.getByRole('button', { name: /log ?in/i }).click()
}
