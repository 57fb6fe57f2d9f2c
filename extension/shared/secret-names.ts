// Background and devtools page: the parameters that the user has called secret, as they are set now.
import { secretNamesOf } from '../../wire/secret-names.ts'
import { SETTINGS_KEY } from '../../wire/settings.ts'
import { settingsArea, storedSettings } from './stored-settings.ts'

/** The returned function reads them once, and again when they were changed. */
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
