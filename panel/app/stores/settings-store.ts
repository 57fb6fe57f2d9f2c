// Panel: what the user has set. Every panel of the browser has the same settings, at once.
import { type ReadonlySignal, signal } from '@preact/signals'
import type { StorageArea } from '../../../storage/incognito-area.ts'
import { checkedSettings, SETTINGS_KEY, type Settings } from '../../../wire/settings.ts'

export interface SettingsStore {
  /** Changes also where a change failed: what shows them takes back what the user has entered. */
  settings: ReadonlySignal<Settings>
  /** Why the latest change could not be stored; null where it was. */
  problem: ReadonlySignal<string | null>
  /** Resolves when it is stored, or could not be. */
  change(how: Partial<Settings>): Promise<void>
  stop(): void
}

/** @param area `browser.storage.local`, or what takes its place. */
export async function createSettingsStore(area: StorageArea): Promise<SettingsStore> {
  const read = async (): Promise<Settings> => checkedSettings((await area.get(SETTINGS_KEY))[SETTINGS_KEY])
  const onChanged: Parameters<StorageArea['onChanged']['addListener']>[0] = changes => {
    const changed = changes[SETTINGS_KEY]
    if (changed) settings.value = checkedSettings(changed.newValue)
  }
  const settings = signal(await read())
  const problem = signal<string | null>(null)
  /** The change before: two at a time would each read what the other is about to replace. */
  let before: Promise<void> = Promise.resolve()
  const change = async (how: Partial<Settings>): Promise<void> => {
    try {
      // Read anew: another panel may have changed something else.
      const changed = checkedSettings({ ...(await read()), ...how })
      await area.set({ [SETTINGS_KEY]: changed })
      settings.value = changed
      problem.value = null
    } catch (cause) {
      settings.value = { ...settings.peek() }
      problem.value = (cause as Error).message
    }
  }
  area.onChanged.addListener(onChanged)
  return {
    settings,
    problem,
    change(how) {
      before = before.then(() => change(how))
      return before
    },
    stop: () => area.onChanged.removeListener(onChanged),
  }
}
