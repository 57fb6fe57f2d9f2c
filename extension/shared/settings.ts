// Background and devtools page: the user's settings. Settings that are changed in an incognito window only apply there.
import browser from 'webextension-polyfill'
import { openIncognitoArea } from '../../storage/incognito-area.ts'
import { secretNamesOf } from '../../wire/secret-names.ts'
import { checkedSettings, SETTINGS_KEY, type Settings } from '../../wire/settings.ts'

export const settingsArea = browser.extension.inIncognitoContext
  ? openIncognitoArea(browser.storage.local)
  : browser.storage.local

export async function storedSettings(): Promise<Settings> {
  return checkedSettings((await settingsArea.get(SETTINGS_KEY))[SETTINGS_KEY])
}

/** The returned function resolves with the parameters that are secret: it reads them once, and again when they changed. */
export function watchSecretNames(): () => Promise<ReadonlySet<string>> {
  let names: Promise<ReadonlySet<string>> | undefined
  settingsArea.onChanged.addListener(changes => {
    if (SETTINGS_KEY in changes) names = undefined
  })
  return () => {
    names ??= storedSettings().then(secretNamesOf)
    names.catch(() => {
      names = undefined
    })
    return names
  }
}
