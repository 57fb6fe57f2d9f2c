// Background: counts the operations that were to be sent, and whose session was deleted before, as it was too old or too large.
import type { StorageArea } from '../../storage/incognito-area.ts'
import type { StoredSession } from '../../wire/messages.ts'
import { type Settings, UNSENT_KEY, unsentSince } from '../../wire/settings.ts'
import { unsentOperations } from './session-sending.ts'

export async function countUnsent(
  area: Pick<StorageArea, 'get' | 'set'>,
  { collector, collectorSince }: Pick<Settings, 'collector' | 'collectorSince'>,
  session: StoredSession,
): Promise<void> {
  const count = unsentOperations(session)
  if (collector === '' || session.appendedAt < collectorSince || count === 0) return
  const before = unsentSince(collectorSince, (await area.get(UNSENT_KEY))[UNSENT_KEY])
  await area.set({ [UNSENT_KEY]: { since: collectorSince, count: before + count } })
}
