// Panel: what the user has dismissed of insights, kept for later sessions. A change applies to all open panels.
import { type ReadonlySignal, signal } from '@preact/signals'
import { checkedDismissals, type Dismissal } from '../../../model/insights/dismissals.ts'
import type { StorageArea } from '../../../storage/incognito-area.ts'

const KEY = 'dismissed-insights'

export interface Dismissals {
  all: ReadonlySignal<ReadonlySet<string>>
  /** Why the latest change could not be saved; null if it was. It applies to this panel all the same. */
  problem: ReadonlySignal<string | null>
  add(dismissal: Dismissal): Promise<void>
  remove(dismissals: readonly Dismissal[]): Promise<void>
  stop(): void
}

/** @param area `browser.storage.local`, or what takes its place. */
export function createDismissals(area: StorageArea): Dismissals {
  const all = signal<ReadonlySet<string>>(new Set())
  const problem = signal<string | null>(null)
  const read = async (): Promise<Dismissal[]> => checkedDismissals((await area.get(KEY))[KEY])
  const onChanged: Parameters<StorageArea['onChanged']['addListener']>[0] = changes => {
    const changed = changes[KEY]
    if (changed) all.value = new Set(checkedDismissals(changed.newValue))
  }
  area.onChanged.addListener(onChanged)

  /** Changes run one after the other: two at a time would overwrite each other. */
  let previous: Promise<void> = read()
    .then(stored => {
      all.value = new Set(stored)
    })
    .catch(() => undefined)
  const change = (how: (dismissed: Dismissal[]) => Dismissal[]): Promise<void> => {
    previous = previous.then(async () => {
      // Read them again: another panel may have dismissed something else.
      const changed = checkedDismissals(how(await read().catch(() => [...all.peek()] as Dismissal[])))
      all.value = new Set(changed)
      try {
        await area.set({ [KEY]: changed })
        problem.value = null
      } catch (cause) {
        problem.value = (cause as Error).message
      }
    })
    return previous
  }
  return {
    all,
    problem,
    add: dismissal => change(dismissed => [...dismissed, dismissal]),
    remove: dismissals => change(dismissed => dismissed.filter(each => !dismissals.includes(each))),
    stop: () => area.onChanged.removeListener(onChanged),
  }
}
