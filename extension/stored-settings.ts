// Background and devtools page: what the user has set.
import browser from 'webextension-polyfill'
import { checkedSettings, SETTINGS_KEY, type Settings } from '../wire/settings.ts'

export async function storedSettings(): Promise<Settings> {
  return checkedSettings((await browser.storage.local.get(SETTINGS_KEY))[SETTINGS_KEY])
}
