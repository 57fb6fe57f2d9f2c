// Test (Node): what of a page's world the modules of injected/ take hold of when they are imported. Import this
// first. Node's own Request, URL, AbortSignal and MessagePort are the real things; the rest is empty.

const timers = new Map<number, () => void>()
let lastTimer = 0

/** The page's timers, which only run when a test says so. */
export const pageTimers = {
  get count(): number {
    return timers.size
  },
  /** Runs those that are due once; what they set runs the next time. */
  run(): void {
    const due = [...timers.values()]
    timers.clear()
    for (const callback of due) callback()
  },
}

class PageNode {
  get baseURI(): string {
    return 'https://page.example/app/'
  }
}

class Empty {}

const page = {
  setTimeout(callback: () => void): number {
    timers.set(++lastTimer, callback)
    return lastTimer
  },
  clearTimeout(timer: number): void {
    timers.delete(timer)
  },
  addEventListener(): void {},
  removeEventListener(): void {},
  dispatchEvent: () => true,
}

for (const [name, value] of Object.entries({
  window: page,
  Node: PageNode,
  document: new PageNode(),
  location: new URL('https://page.example/app/'),
  XMLHttpRequest: Empty,
  WebSocket: Empty,
  EventSource: Empty,
  CloseEvent: Empty,
  Navigator: Empty,
})) {
  if (!(name in globalThis)) Object.defineProperty(globalThis, name, { value, configurable: true, writable: true })
}
