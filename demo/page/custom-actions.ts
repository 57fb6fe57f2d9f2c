// World: the demo page. The app's own operations: tracked, failing, and methods with the decorator.

import { type Action, describe, failed, monitorAbsent, ok, type Result } from './action.ts'
import { pause } from './pause.ts'
import { isMonitorPresent, perfWindow } from './perf-window.ts'
import { UserDirectory } from './user-directory.ts'

const directory = new UserDirectory()

/** Tracks, or says that nobody is there to track. */
export async function track(
  name: string,
  operation: () => Promise<string>,
  metadata: Record<string, unknown>,
): Promise<Result> {
  const monitor = perfWindow.PerformanceMonitor?.getInstance()
  if (!monitor) return monitorAbsent
  try {
    return ok(`${name} → ${await monitor.trackOperation(name, operation, metadata)}`)
  } catch (error) {
    return failed(`${name} → ${describe(error)}`)
  }
}

async function checkout(): Promise<string> {
  await pause(120)
  return 'order placed'
}

async function declinePayment(): Promise<string> {
  await pause(60)
  throw new Error('card declined')
}

async function callDecorated(): Promise<Result> {
  const user = await directory.fetchUser(4)
  const count = await directory.listUsers()
  return isMonitorPresent() ? ok(`fetchUser → ${user}; listUsers → ${count} users`) : monitorAbsent
}

export const customActions = {
  'track-operation': () => track('checkout', checkout, { cart: 3, currency: 'EUR' }),
  'failing-operation': () => track('payment', declinePayment, { provider: 'demo' }),
  'decorated-method': callDecorated,
} satisfies Record<string, Action>
