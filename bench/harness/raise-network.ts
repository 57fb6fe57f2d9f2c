// Node. The browser's network service notes when data came: late where other processes keep it waiting.
import type { BrowserContext } from 'playwright'
import { raisePriority } from './raise-priority.ts'

export async function raiseNetwork(context: BrowserContext): Promise<void> {
  const session = await context.browser()?.newBrowserCDPSession()
  const { processInfo = [] } = (await session?.send('SystemInfo.getProcessInfo')) ?? {}
  const network = processInfo.find(({ type }) => type.includes('network'))
  if (!network) throw new Error(`no network service among ${processInfo.map(({ type }) => type)}`)
  raisePriority(network.id, 'The browser’s network service')
  await session?.detach()
}
