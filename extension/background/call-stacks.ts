// Background: whether the page scripts take a call stack of each request, as the user has set it.
import { checkedSettings, SETTINGS_KEY } from '../../wire/settings.ts'
import { settingsArea, storedSettings } from '../shared/stored-settings.ts'
import type { InspectedTabs } from './inspected-tabs.ts'
import { sendToTab } from './ports.ts'

/** Tells it to the pages that are inspected whenever it changes; the returned function tells it of now. */
export function watchCallStacks(tabs: Pick<InspectedTabs, 'inspected'>): () => Promise<boolean> {
  settingsArea.onChanged.addListener(async changes => {
    const { oldValue, newValue } = changes[SETTINGS_KEY] ?? {}
    const on = checkedSettings(newValue).callStacks
    if (on === checkedSettings(oldValue).callStacks) return
    for (const tabId of await tabs.inspected()) void sendToTab(tabId, { type: 'call-stacks', on })
  })
  return async () => (await storedSettings()).callStacks
}
