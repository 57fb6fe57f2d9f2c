// Test (Node): what of a page's world the modules of injected/ take hold of when they are imported. Import this
// first. Node's own Request, URL, AbortSignal and MessagePort are the real things; the rest is empty.

let tasks: { run(): void; delay: number }[] = []

/** The page's scheduled tasks, which only run when a test says so. */
export const pageTasks = {
  get count(): number {
    return tasks.length
  },
  /** Runs those that are due once; what they post runs the next time. */
  run(): void {
    const due = tasks
    tasks = []
    for (const task of due) task.run()
  },
  /** Of each, in milliseconds. */
  get delays(): number[] {
    return tasks.map(({ delay }) => delay)
  },
}

/** The page's URL, which a test may change, and should change back. */
export const pageUrl = { current: 'https://page.example/app/' }

class PageNode {
  get baseURI(): string {
    return pageUrl.current
  }
}

/** The document's encoding, which a test may change, and should change back. */
export const pageEncoding = { current: 'UTF-8' }

class PageDocument extends PageNode {
  get characterSet(): string {
    return pageEncoding.current
  }
  createElementNS(): PageLink {
    return new PageLink()
  }
}

/** Writes what is no ASCII in the document's encoding, as far as that is Latin-1. */
export class PageLink {
  #url = ''
  set href(url: string) {
    this.#url = new URL(url, pageUrl.current).href.replaceAll('%C3%A9', '%E9')
  }
  get href(): string {
    return this.#url
  }
}

/** By the entry's name and start. */
export const responseStatuses = new Map<string, number>()

// Node 20 has no such getter, which the page script takes hold of when it is imported.
Object.defineProperty(PerformanceResourceTiming.prototype, 'responseStatus', {
  configurable: true,
  get(this: PerformanceResourceTiming) {
    return responseStatuses.get(`${this.name} ${this.startTime}`) ?? 0
  },
})

/** Node's resource entries have name and start from a class of their own, browsers' from this one. */
class PageEntry {
  get name(): string {
    return Reflect.get(PerformanceResourceTiming.prototype, 'name', this)
  }
  get startTime(): number {
    return Reflect.get(PerformanceResourceTiming.prototype, 'startTime', this)
  }
}
Object.defineProperty(globalThis, 'PerformanceEntry', { value: PageEntry, configurable: true, writable: true })

class Empty {}

/** Its `href` is its own, as no URL's is. */
const pageLocation: object = Object.defineProperty({}, 'href', {
  get() {
    if (this !== pageLocation) throw new TypeError('Illegal invocation')
    return pageUrl.current
  },
})

const page = {
  addEventListener(): void {},
  removeEventListener(): void {},
  dispatchEvent: () => true,
}

for (const [name, value] of Object.entries({
  window: page,
  scheduler: { postTask: (run: () => void, { delay }: { delay: number }) => void tasks.push({ run, delay }) },
  Node: PageNode,
  Document: PageDocument,
  HTMLAnchorElement: PageLink,
  HTMLAreaElement: Empty,
  document: new PageDocument(),
  location: pageLocation,
  XMLHttpRequest: Empty,
  WebSocket: Empty,
  EventSource: Empty,
  CloseEvent: Empty,
  Navigator: Empty,
})) {
  if (!(name in globalThis)) Object.defineProperty(globalThis, name, { value, configurable: true, writable: true })
}
