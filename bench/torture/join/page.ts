// Page: makes many requests, half of them to one URL. The functions are the page's globals.

/** What the page made, and how it saw it end. */
export interface MadeRequests {
  /** How many operations there have to be, by kind. */
  kinds: Record<string, number>
  /** How many requests ended so: `path status`, or `path NameOfError`. */
  ends: Record<string, number>
}

declare global {
  var makeRequests: (count: number) => Promise<MadeRequests>
}

/** Requests in flight at a time. */
const CONCURRENCY = 60
/** WebSockets to one host. Chromium opens them one after another. */
const SOCKETS = 12
const BEACONS = 20
/** Milliseconds that reading a header takes: the native call of `fetch` reads it, so the call takes as long. */
const SLOW_CALL = 60

globalThis.makeRequests = async count => {
  const kinds: Record<string, number> = {}
  const ends: Record<string, number> = {}
  const add = (to: Record<string, number>, key: string): void => {
    to[key] = (to[key] ?? 0) + 1
  }
  /** Kept, so that their bodies are not garbage-collected. */
  const unread: Response[] = []
  Object.assign(globalThis, { unread })

  const viaFetch = async (url: string, init: RequestInit, isRead: boolean): Promise<string> => {
    add(kinds, 'fetch')
    try {
      const response = await fetch(url, init)
      if (isRead) await response.text()
      else unread.push(response)
      return `${response.status}`
    } catch (error) {
      return (error as Error).name
    }
  }
  const viaXhr = (url: string, headers: Record<string, string>): Promise<string> => {
    add(kinds, 'xhr')
    const xhr = new XMLHttpRequest()
    xhr.open('GET', url)
    for (const [name, value] of Object.entries(headers)) xhr.setRequestHeader(name, value)
    return new Promise(resolve => {
      xhr.onloadend = () => resolve(xhr.status === 0 ? 'NetworkError' : `${xhr.status}`)
      xhr.send()
    })
  }
  const make = async (n: number): Promise<void> => {
    const status = n % 7 === 0 ? 503 : n % 11 === 0 ? 404 : 200
    const headers = {
      'x-status': `${status}`,
      'x-delay': `${(n * 13) % 40}`,
      'x-size': `${n % 97}`,
      'x-number': `${n}`,
    }
    if (n % 2 === 0) {
      const end = n % 10 === 4 ? await viaXhr('/same', headers) : await viaFetch('/same', { headers }, n % 100 !== 0)
      add(ends, `/same ${end}`)
      return
    }
    const path = n % 3 === 0 ? '/redirect' : n % 41 === 1 ? '/reset' : '/own'
    const url = `${path}?n=${n}`
    const slow = {
      get 'x-slow'() {
        return spin(SLOW_CALL)
      },
    }
    const init: RequestInit =
      n % 150 === 1 ? { headers: slow } : n % 5 === 1 ? { method: 'POST', headers, body: 'x' } : { headers }
    add(ends, `${path} ${n % 9 === 1 ? await viaXhr(url, headers) : await viaFetch(url, init, true)}`)
  }

  const sockets = Array.from({ length: SOCKETS }, (_, i) => {
    add(kinds, 'websocket')
    return new WebSocket(`${location.origin.replace('http', 'ws')}/ws/echo?socket=${i % 3 === 0 ? i : 'same'}`)
  })
  const opened = sockets.map(socket => once(socket, 'open'))
  let next = 0
  const lane = async (): Promise<void> => {
    while (next < count) await make(next++)
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, lane))
  for (let i = 0; i < BEACONS; i++) {
    add(kinds, 'beacon')
    navigator.sendBeacon(i % 2 ? '/same' : `/beacon?${i}`)
  }
  await Promise.all(opened)
  const closed = sockets.map(socket => once(socket, 'close'))
  // Not in the order in which they were opened.
  for (const socket of sockets.toReversed()) socket.close()
  await Promise.all(closed)
  return { kinds, ends }
}

const once = (target: EventTarget, type: string): Promise<Event> =>
  new Promise(resolve => target.addEventListener(type, resolve, { once: true }))

function spin(milliseconds: number): string {
  for (const end = performance.now() + milliseconds; performance.now() < end; );
  return 'spun'
}
