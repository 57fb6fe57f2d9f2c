// Test (Node): an event of the browser's, as extensions listen to them.

export interface FakeEvent<Args extends unknown[]> {
  addListener(listener: (...args: Args) => void): void
  removeListener(listener: (...args: Args) => void): void
  hasListener(listener: (...args: Args) => void): boolean
  hasListeners(): boolean
  emit(...args: Args): void
}

export function createFakeEvent<Args extends unknown[]>(): FakeEvent<Args> {
  const listeners = new Set<(...args: Args) => void>()
  return {
    addListener: listener => void listeners.add(listener),
    removeListener: listener => void listeners.delete(listener),
    hasListener: listener => listeners.has(listener),
    hasListeners: () => listeners.size > 0,
    emit: (...args) => {
      for (const listener of [...listeners]) listener(...args)
    },
  }
}
