// Node. What a user does in Node-RED's editor: runs a flow, adds a node, deploys, and opens the page again.
import type { Page } from 'playwright'

export async function useNodeRed(page: Page): Promise<void> {
  await runFlow(page)
  const canvas = page.locator('#red-ui-workspace-chart')
  const debugNode = page.locator('.red-ui-palette-node[data-palette-type="debug"]')
  await debugNode.scrollIntoViewIfNeeded()
  await debugNode.dragTo(canvas, { targetPosition: { x: 300, y: 220 } })
  await page.locator('.red-ui-flow-node-group').nth(3).waitFor()
  const deployed = page.waitForResponse(
    response => response.url().endsWith('/flows') && response.request().method() === 'POST',
  )
  await page.locator('#red-ui-header-button-deploy').click()
  await deployed
  await page.locator('#red-ui-header-button-sidemenu').click()
  await page.reload()
  await runFlow(page)
}

/** Waits for the flow, clicks the button of its inject node, and sees what the debug node shows. */
async function runFlow(page: Page): Promise<void> {
  await page.locator('.red-ui-flow-node-button').first().waitFor()
  const tab = page.locator('#red-ui-tab-debug-link-button, [title="Debug messages"]').first()
  if (await tab.isVisible()) await tab.click()
  await page.locator('.red-ui-flow-node-button-button').first().click()
  await page.locator('.red-ui-debug-msg').first().waitFor()
}
