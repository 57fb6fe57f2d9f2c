// Background: what a change of the settings does in the tabs that are inspected.
import type { StorageArea } from '../../storage/incognito-area.ts'
import type { RelayCommand } from '../../wire/messages.ts'
import { checkedSettings, SETTINGS_KEY } from '../../wire/settings.ts'
import type { InspectedTabs } from './inspected-tabs.ts'
import type { Sessions } from './sessions.ts'
import { type StoredSessions, sessionBudget } from './stored-sessions.ts'

export interface FollowSettingsParts {
  /** Where the settings are stored. */
  area: Pick<StorageArea, 'onChanged'>
  tabs: Pick<InspectedTabs, 'inspected'>
  sessions: Pick<Sessions, 'setBudget'>
  stored: Pick<StoredSessions, 'prune'>
  sendToTab(tabId: number, command: RelayCommand): Promise<void>
  onCollectorChanged(): void
}

export function followSettings({ area, tabs, sessions, stored, sendToTab, ...parts }: FollowSettingsParts): void {
  area.onChanged.addListener(async changes => {
    const change = changes[SETTINGS_KEY]
    if (!change) return
    const [before, now] = [checkedSettings(change.oldValue), checkedSettings(change.newValue)]
    if (now.collector !== before.collector || now.collectorSince !== before.collectorSince) parts.onCollectorChanged()
    const inspected = await tabs.inspected()
    if (now.callStacks !== before.callStacks) {
      for (const tabId of inspected) void sendToTab(tabId, { type: 'call-stacks', on: now.callStacks })
    }
    if (now.maxTotalMb !== before.maxTotalMb) {
      for (const tabId of inspected) await sessions.setBudget(tabId, sessionBudget(now))
    }
    if (now.maxTotalMb !== before.maxTotalMb || now.keepDays !== before.keepDays) await stored.prune()
  })
}
