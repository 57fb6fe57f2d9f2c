// Background and devtools page: what the user has set. Settings that are changed in an incognito window hold there alone.
import browser from 'webextension-polyfill'
import { openIncognitoArea } from '../../storage/incognito-area.ts'
import { checkedSettings, SETTINGS_KEY, type Settings } from '../../wire/settings.ts'

export const settingsArea = browser.extension.inIncognitoContext
  ? openIncognitoArea(browser.storage.local)
  : browser.storage.local

export async function storedSettings(): Promise<Settings> {
  return checkedSettings((await settingsArea.get(SETTINGS_KEY))[SETTINGS_KEY])
}
