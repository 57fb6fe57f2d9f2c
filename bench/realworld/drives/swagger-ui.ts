// Node. What a user does in Swagger UI: tries operations of an API, also those that fail, and one impatiently.
import type { Page } from 'playwright'

export async function useSwaggerUi(page: Page): Promise<void> {
  const execute = async (operation: string, id?: number, body?: object): Promise<void> => {
    const block = page.locator(`[id$="-${operation}"]`)
    const isOpen = (await block.getByRole('button', { name: 'Execute' }).count()) > 0
    if (!isOpen) await block.locator('.opblock-summary-control').click()
    if (id !== undefined) await block.getByPlaceholder('id').fill(String(id))
    if (body) await block.locator('textarea').fill(JSON.stringify(body))
    await block.getByRole('button', { name: 'Execute' }).click()
    await block.locator('.live-responses-table .response-col_status').first().waitFor()
  }
  await execute('listPets')
  await execute('getPet', 1)
  await execute('getPet', 99)
  await execute('addPet', undefined, { id: 3, name: 'Ida' })
  await execute('updatePet', 3, { id: 3, name: 'Ada' })
  await execute('removePet', 3)
  await execute('broken')
  // The answer to the first of these comes after the second was sent.
  await execute('slow')
  await page.locator('[id$="-slow"]').getByRole('button', { name: 'Execute' }).click()
  await execute('slow')
}
