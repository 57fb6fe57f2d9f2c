// Panel: the settings of the user. A change applies to all open panels immediately.
import { computed, type ReadonlySignal, signal } from '@preact/signals'
import type { StorageArea } from '../../../storage/incognito-area.ts'
import { checkedSettings, SETTINGS_KEY, type Settings, UNSENT_KEY, unsentSince } from '../../../wire/settings.ts'

export interface SettingsStore {
  /** Also notifies when a change failed, so that controls return to the previous value. */
  settings: ReadonlySignal<Settings>
  /** Why the latest change could not be saved; null if it was. */
  problem: ReadonlySignal<string | null>
  /** Operations that were deleted before they could be sent to the collector, since it was set. */
  unsent: ReadonlySignal<number>
  /** Resolves when the change is saved, or has failed. */
  change(how: Partial<Settings>): Promise<void>
  stop(): void
}

/** @param area `browser.storage.local`, or what takes its place. */
export async function createSettingsStore(area: StorageArea): Promise<SettingsStore> {
  const read = async (): Promise<Settings> => checkedSettings((await area.get(SETTINGS_KEY))[SETTINGS_KEY])
  const onChanged: Parameters<StorageArea['onChanged']['addListener']>[0] = changes => {
    const changed = changes[SETTINGS_KEY]
    if (changed) settings.value = checkedSettings(changed.newValue)
    if (UNSENT_KEY in changes) storedUnsent.value = changes[UNSENT_KEY]?.newValue
  }
  const settings = signal(await read())
  const storedUnsent = signal((await area.get(UNSENT_KEY))[UNSENT_KEY])
  const problem = signal<string | null>(null)
  /** Changes run one after the other: two at a time would overwrite each other. */
  let previous: Promise<void> = Promise.resolve()
  const change = async (how: Partial<Settings>): Promise<void> => {
    try {
      // Read them again: another panel may have changed something else.
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
    unsent: computed(() => unsentSince(settings.value.collectorSince, storedUnsent.value)),
    change(how) {
      previous = previous.then(() => change(how))
      return previous
    },
    stop: () => area.onChanged.removeListener(onChanged),
  }
}
