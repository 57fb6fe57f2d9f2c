// Test page: what a case has at hand, as `t`. Compiled to a classic script and put before the case, after us.
// It takes what it needs from the platform at once, since cases replace builtins.

interface Observed {
  [member: string]: unknown
}

interface Harness {
  /** This server as a cross origin. */
  readonly other: string
  /** A log of the case's own, with no method that a case may have replaced. */
  readonly log: string[]
  note(entry: string): void
  /** Leaves out of the record what the server got: an abort may be faster than the request. */
  raceOnTheWire(): void
  /** A value or an error as a record shows it. */
  show(value: unknown): unknown
  /** How a promise settles. */
  settle(promise: unknown): Promise<Observed>
  /** What a call returns or throws. */
  attempt(call: () => unknown): Observed
  /** The headers and the body of a response. */
  read(response: Response): Promise<Observed>
  /** Notes `turn 1` … `turn n`, a microtask each. */
  turns(count: number): void
  /** The end of this task and all its microtasks. */
  task(): Promise<void>
  until(condition: () => boolean): Promise<void>
  once(target: EventTarget, type: string): Promise<Event>
  /** Notes unhandledrejection and rejectionhandled. */
  noteRejections(): void
  /** Resolves when the server has got `count` requests for the path, bodies and all. */
  arrived(path: string, count?: number): Promise<void>
  /** How the server's stream at the path ended. */
  ended(path: string): Promise<string>
  step(path: string): Promise<void>
  /** The functions of a stack and their scripts. */
  frames(error: unknown): string[]
  /** An object that notes each access to it and its members, before giving them. */
  watched(name: string, members: object): object
  /** Notes all of an XHR's events, its upload's too. */
  noteEvents(xhr: XMLHttpRequest, uploadToo?: boolean): XMLHttpRequest
}

interface CasePage {
  /** Runs the case and reports; called once, at the end of the document. */
  runCase(body: (t: Harness) => Promise<unknown>): void
}

{
  const { stringify } = JSON
  const { defineProperty } = Object
  const { apply } = Reflect
  const { then } = Promise.prototype
  const report = console.debug.bind(console)
  const later = setTimeout.bind(window)
  const nativeFetch = fetch
  const { toString: textOf } = Function.prototype
  const seenFetch = Reflect.apply(textOf, fetch, []) as string
  const log: string[] = []
  const events: string[] = []
  let wire = true
  let length = 0
  const note = (entry: string): void => {
    const descriptor = { __proto__: null, value: entry, enumerable: true, configurable: true, writable: true }
    defineProperty(log, length++, descriptor as PropertyDescriptor)
  }

  const show = (value: unknown): unknown => {
    if (value instanceof Error) {
      const { name, message } = value
      const shown: Observed = {
        error: name,
        message,
        type: value.constructor.name,
        own: Reflect.ownKeys(value).map(String),
      }
      if ('cause' in value) shown.cause = show(value.cause)
      return shown
    }
    if (value instanceof DOMException) return { exception: value.name, message: value.message, code: value.code }
    if (typeof value === 'function') return `function ${value.name}/${value.length}`
    if (typeof value === 'symbol' || typeof value === 'bigint') return String(value)
    if (value === undefined) return 'undefined'
    if (typeof value === 'number' && !Number.isFinite(value)) return String(value)
    if (
      typeof value === 'object' &&
      value !== null &&
      Object.getPrototypeOf(value) !== Object.prototype &&
      !Array.isArray(value)
    ) {
      return Object.prototype.toString.call(value)
    }
    return value
  }

  const control = async (query: string): Promise<string> => (await nativeFetch(`/control/${query}`)).text()

  const harness: Harness = {
    other: location.origin.replace('//c', '//o').replace('.site.', '.else.'),
    raceOnTheWire() {
      wire = false
    },
    log,
    note,
    show,
    settle: async promise => {
      try {
        return { resolved: show(await promise) }
      } catch (error) {
        return { rejected: show(error) }
      }
    },
    attempt(call) {
      try {
        return { returned: show(call()) }
      } catch (error) {
        return { thrown: show(error) }
      }
    },
    async read(response) {
      const { type, url, status, statusText, ok, redirected, bodyUsed } = response
      const headers = [...response.headers]
        .map(([name, value]) => `${name}: ${value}`)
        .filter(line => !line.startsWith('date:'))
      const body = await harness.settle(response.text())
      return { type, url, status, statusText, ok, redirected, bodyUsed, headers, body, usedAfter: response.bodyUsed }
    },
    turns(count) {
      const turn = (n: number): Promise<void> | undefined => {
        note(`turn ${n}`)
        return n < count ? Promise.resolve().then(() => turn(n + 1)) : undefined
      }
      Promise.resolve().then(() => turn(1))
    },
    task: () => new Promise(resolve => later(resolve, 0)),
    until: condition =>
      new Promise(resolve => {
        const ask = (): void => {
          if (condition()) resolve()
          else later(ask, 5)
        }
        ask()
      }),
    once: (target, type) => new Promise(resolve => target.addEventListener(type, resolve, { once: true })),
    noteRejections() {
      addEventListener('unhandledrejection', event => note(`unhandled ${event.reason?.name}: ${event.reason?.message}`))
      addEventListener('rejectionhandled', event => note(`handled ${event.reason?.name}`))
    },
    async arrived(path, count = 1) {
      await control(`arrived?count=${count}&path=${encodeURIComponent(path)}`)
    },
    ended: path => control(`ended?path=${encodeURIComponent(path)}`),
    async step(path) {
      await control(`step?path=${encodeURIComponent(path)}`)
    },
    frames: error =>
      String((error as Error).stack)
        .split('\n')
        .filter(line => /^\s+at /.test(line))
        .map(line => line.trim().replace(/:\d+:\d+(?=\)?$)/, '')),
    watched(name, members) {
      const handler: Observed = {}
      for (const trap of Object.getOwnPropertyNames(Reflect) as (keyof typeof Reflect)[]) {
        handler[trap] = (...args: unknown[]) => {
          note(`${name}: ${trap} ${typeof args[1] === 'object' || args[1] === undefined ? '' : String(args[1])}`)
          return Reflect.apply(Reflect[trap] as () => unknown, Reflect, args)
        }
      }
      return new Proxy(members, handler)
    },
    noteEvents(xhr, uploadToo = false) {
      const types = ['readystatechange', 'loadstart', 'progress', 'load', 'error', 'abort', 'timeout', 'loadend']
      const follow = (target: EventTarget, prefix: string): void => {
        let progressed = false
        for (const type of types) {
          target.addEventListener(type, event => {
            const { loaded, total } = event as ProgressEvent
            const sizes = event instanceof ProgressEvent && type !== 'progress' ? ` ${loaded}/${total}` : ''
            // How many progress events there are is chance.
            if (type === 'progress' && progressed) return
            progressed = type === 'progress'
            note(`${prefix}${type} ${xhr.readyState}${sizes}`)
          })
        }
      }
      follow(xhr, '')
      if (uploadToo) follow(xhr.upload, 'upload ')
      return xhr
    },
  }

  const noteEvent = (event: Event): void => {
    const { type, reason, message } = event as Event & { reason?: unknown; message?: string }
    events[events.length] = stringify([type, message ?? show(reason)])
  }
  for (const type of ['error', 'unhandledrejection', 'rejectionhandled']) addEventListener(type, noteEvent)

  const page = window as unknown as CasePage
  let started = false
  addEventListener('error', ({ message }) => {
    // The case is not even JavaScript.
    if (!started) report(stringify({ case: true, seenFetch, failure: message }))
  })
  page.runCase = body => {
    started = true
    Reflect.deleteProperty(window, 'runCase')
    apply(then, body(harness), [
      (record: unknown) => report(stringify({ case: true, seenFetch, record, events, wire })),
      (error: Error) => report(stringify({ case: true, seenFetch, failure: String(error?.stack ?? error) })),
    ])
  }
}
