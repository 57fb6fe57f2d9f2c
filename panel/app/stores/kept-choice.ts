// Panel: what the user chose last out of a few, kept in this browser for the next panel that opens.
import { type ReadonlySignal, signal } from '@preact/signals'

export interface KeptChoice<T> {
  value: ReadonlySignal<T>
  choose(value: T): void
}

/** What of `localStorage` is used. It throws where the user has blocked all site data. */
export type ChoiceStorage = Pick<Storage, 'getItem' | 'setItem'>

/** The first of the options, where nothing else was chosen yet. */
export function keepChoice<T extends string>(
  storage: ChoiceStorage,
  key: string,
  options: readonly [T, ...T[]],
): KeptChoice<T> {
  const value = signal(options.find(option => option === read(storage, key)) ?? options[0])
  return {
    value,
    choose(chosen) {
      value.value = chosen
      try {
        storage.setItem(key, chosen)
      } catch {
        // Chosen for now alone.
      }
    },
  }
}

function read(storage: ChoiceStorage, key: string): string | null {
  try {
    return storage.getItem(key)
  } catch {
    return null
  }
}
