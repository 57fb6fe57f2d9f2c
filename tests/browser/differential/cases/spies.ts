// Test (Node): cases, as text that runs in a page: the page replaces builtins, and sees no call of ours.
import type { CaseSet } from '../case-set.ts'

/**
 * `spyOn(owner, name)` replaces a function or an accessor by one that notes its use while `watching` is true.
 * `spyOnAll()` does so with nearly everything there is.
 */
const SPY = `
let watching = false
const { apply, construct, ownKeys, getOwnPropertyDescriptor: describe, defineProperty: define } = Reflect
const bare = o => Object.setPrototypeOf(o, null)
const tell = entry => { if (watching) { watching = false; t.note(entry); watching = true } }
const spyOn = (owner, name, label = String(name)) => {
  const d = describe(owner, name)
  if (!d || !d.configurable) return
  const wrap = (f, kind) => f && { [label](...args) { tell(kind + label); return apply(f, this, args) } }[label]
  if (typeof d.value === 'function') define(owner, name, bare({ ...d, value: wrap(d.value, '') }))
  else if (d.get) define(owner, name, bare({ ...d, get: wrap(d.get, 'get '), set: wrap(d.set, 'set ') }))
}
const spyOnAll = () => {
  const array = [][Symbol.iterator](), iterators = [array, new Map().entries(), new Set().values(), ''[Symbol.iterator](), 'a'.matchAll(/a/g), (function* () {})()].map(Object.getPrototypeOf)
  const owners = { Array: [Array, Array.prototype], Map: [Map, Map.prototype], Set: [Set.prototype], WeakMap: [WeakMap.prototype], WeakSet: [WeakSet.prototype], WeakRef: [WeakRef.prototype],
    Promise: [Promise, Promise.prototype], String: [String, String.prototype], Number: [Number, Number.prototype], RegExp: [RegExp.prototype], Object: [Object, Object.prototype],
    Function: [Function.prototype], Symbol: [Symbol, Symbol.prototype], Math: [Math], JSON: [JSON], Date: [Date, Date.prototype], Reflect: [Reflect], Error: [Error, Error.prototype], DOMException: [DOMException.prototype],
    typed: [Object.getPrototypeOf(Uint8Array), Object.getPrototypeOf(Uint8Array).prototype, ArrayBuffer, ArrayBuffer.prototype, DataView.prototype], iterator: [...iterators, Iterator.prototype],
    EventTarget: [EventTarget.prototype], Event: [Event.prototype, MessageEvent.prototype, CloseEvent.prototype, ProgressEvent.prototype], MessagePort: [MessagePort.prototype], Performance: [Performance.prototype, PerformanceEntry.prototype, PerformanceResourceTiming.prototype, PerformanceObserver.prototype, PerformanceObserverEntryList.prototype],
    Request: [Request.prototype], Response: [Response.prototype], Headers: [Headers.prototype], URL: [URL, URL.prototype, URLSearchParams.prototype], AbortSignal: [AbortSignal, AbortSignal.prototype, AbortController.prototype],
    XHR: [XMLHttpRequest.prototype, XMLHttpRequestEventTarget.prototype], Socket: [WebSocket.prototype, EventSource.prototype], Node: [Node.prototype, Document.prototype, document], Blob: [Blob.prototype], TextEncoder: [TextEncoder.prototype, TextDecoder.prototype],
    Navigator: [Navigator.prototype], Scheduler: [Scheduler.prototype], Storage: [Storage.prototype], Crypto: [Crypto.prototype], console: [console], History: [History.prototype] }
  for (const [name, list] of Object.entries(owners)) for (const owner of list) for (const key of ownKeys(owner)) if (key !== 'constructor' && key !== 'prototype') spyOn(owner, key, name + '.' + String(key))
  for (const name of ['setTimeout', 'clearTimeout', 'setInterval', 'queueMicrotask', 'requestAnimationFrame', 'requestIdleCallback', 'postMessage', 'structuredClone', 'addEventListener', 'removeEventListener', 'dispatchEvent', 'decodeURIComponent', 'encodeURIComponent', 'parseInt', 'isNaN', 'reportError', 'performance', 'origin', 'document', 'top'])
    spyOn(window, name, 'window.' + name)
  for (const C of ['Map', 'Set', 'WeakMap', 'Promise', 'Array', 'Proxy', 'URL', 'RegExp', 'Error', 'TypeError', 'MessageChannel', 'PerformanceObserver', 'Event', 'String', 'Number', 'Object', 'TextEncoder', 'AbortController', 'Uint8Array', 'Float64Array', 'Int32Array', 'Uint32Array']) {
    const native = window[C]
    define(window, C, bare({ value: new Proxy(native, bare({ construct(f, args, target) { tell('new ' + C); return construct(f, args, target) }, apply(f, self, args) { tell(C + '()'); return apply(f, self, args) } })), writable: true, configurable: true }))
  }
}
/** What is noted while a call runs; its promise and its errors are let go. */
const during = call => { watching = true; let result; try { result = call() } catch (e) { tell('threw') } watching = false; return result }
let unsettled = 0
const { then } = Promise.prototype, settle = () => unsettled--
const makeAll = calls => {
  for (let i = 0; i < calls.length; i++) {
    t.note('- ' + calls[i][0])
    const result = during(calls[i][1])
    if (!(result instanceof NativePromise)) continue
    unsettled++
    apply(then, result, [settle, settle])
  }
}
/** What is noted until all promises have settled: each that does looks for a \`then\`. */
const settled = async () => { watching = true; await t.until(() => unsettled === 0); watching = false }
/** What is noted in the tasks that follow. */
const { setTimeout: later, Promise: NativePromise } = window
const afterwards = () => new NativePromise(resolve => { watching = true; later(() => { watching = false; resolve() }, 300) })
`

const CALLS = `
const xhr = new XMLHttpRequest(), echo = new WebSocket('ws://' + location.host + '/ws/echo'), source = new EventSource('/events')
const request = new Request('/echo', { method: 'POST', body: 'b', signal: new AbortController().signal }), url = new URL('/text', location), { signal } = new AbortController()
await t.once(echo, 'open')
const bytes = new Uint8Array([1, 2]), blob = new Blob(['b']), socketUrl = 'ws://' + location.host + '/ws/echo', other = t.other + '/text', closed = new EventSource('/events')
const init = { method: 'put', body: 'x', headers: { 'x-a': '1' }, signal, mode: 'cors' }
const calls = [
  ['fetch of a string', () => fetch('/text')], ['fetch of nothing', () => fetch()], ['fetch of a URL', () => fetch(url)], ['fetch of a Request', () => fetch(request)], ['fetch with init', () => fetch('/echo', init)],
  ['fetch of a wrong URL', () => fetch('http://[')], ['fetch on another this', () => fetch.call({}, '/text')], ['fetch aborted', () => fetch('/text', { signal: AbortSignal.abort() })], ['fetch across', () => fetch(other, { mode: 'no-cors' })],
  ['open', () => xhr.open('get', '/text')], ['open wrongly', () => xhr.open('G ET', '/')], ['send', () => xhr.send()], ['send again', () => xhr.send()], ['abort', () => xhr.abort()], ['open with a URL', () => xhr.open('POST', url, true)], ['send bytes', () => xhr.send(bytes)],
  ['beacon', () => navigator.sendBeacon('/echo', 'b')], ['beacon wrongly', () => navigator.sendBeacon()],
  ['socket', () => new WebSocket(socketUrl)], ['socket wrongly', () => new WebSocket('x:')], ['socket send text', () => echo.send('ä')], ['socket send bytes', () => echo.send(bytes)], ['socket send a Blob', () => echo.send(blob)], ['socket send wrongly', () => echo.send()], ['socket close', () => echo.close()],
  ['source', () => new EventSource('/events')], ['source wrongly', () => new EventSource('http://[')], ['source close', () => closed.close()],
  ['source listen', () => source.addEventListener('tick', init)], ['source listen wrongly', () => source.addEventListener(init)],
]
`

export const spies: CaseSet = {
  'nearly every builtin, during each call': `${SPY}${CALLS}
    t.raceOnTheWire()
    spyOnAll()
    makeAll(calls)
    return t.log`,
  'nearly every builtin, after fetch': `${SPY}
    t.raceOnTheWire()
    spyOnAll()
    for (const path of ['/text?1', '/text?token=2', '/text?3']) during(() => fetch(path))
    fetch('/reset').catch(() => {})
    fetch('data:,x')
    await afterwards()
    return t.log`,
  'nearly every builtin, after an XHR and a beacon': `${SPY}
    t.raceOnTheWire()
    const xhr = new XMLHttpRequest(), broken = new XMLHttpRequest()
    spyOnAll()
    xhr.open('GET', '/text')
    xhr.send()
    broken.open('GET', '/reset')
    broken.send()
    navigator.sendBeacon('/echo', 'b')
    await afterwards()
    return t.log`,
  'nearly every builtin, after messages of a socket': `${SPY}
    const socket = new WebSocket('ws://' + location.host + '/ws/echo'), source = new EventSource('/events')
    await t.once(socket, 'open')
    spyOnAll()
    socket.send('text')
    socket.send(new Uint8Array([1]))
    await afterwards()
    socket.close()
    source.close()
    await afterwards()
    return t.log`,
  'nearly every builtin, while nothing happens': `${SPY}
    spyOnAll()
    for (let i = 0; i < 5; i++) await afterwards()
    return t.log`,
  'accessors on Object.prototype': `${SPY}${CALLS}
    t.raceOnTheWire()
    for (const key of ['apply', 'construct', 'get', 'set', 'has', 'value', 'writable', 'enumerable', 'configurable', 'start', 'called', 'self', 'args', 'result', 'thrown', 'id', 'kind', 'url', 'method', 'mode', 'signal', 'aborted', 'abortTime', 'timeout', 'refused', 'call',
      'next', 'done', 'return', 'then', 'type', 'name', 'end', 'endUnknown', 'outcome', 'duration', 'error', 'http', 'match', 'status', 'buffered', 'once', 'passive', 'capture', 'delay', 'priority', 'transfer', 'detail', 'ports', 'lost', 'more', 'operations', 'snapshots', 'connection', 'inferred', 'getPrototypeOf', 'ownKeys', 'getOwnPropertyDescriptor', 'defineProperty', 'deleteProperty', 'isExtensible', 'preventExtensions', 'setPrototypeOf', '0', '1', 'length'])
      define(Object.prototype, key, bare({ configurable: true, get() { tell('get ' + key) }, set(v) { tell('set ' + key); define(this, key, bare({ value: v, writable: true, configurable: true, enumerable: true })) } }))
    makeAll(calls)
    t.note('- afterwards')
    await settled()
    await afterwards()
    return t.log`,
  'accessors for numbers on Array.prototype': `${SPY}${CALLS}
    t.raceOnTheWire()
    for (let i = 0; i < 200; i++)
      define(Array.prototype, i, bare({ configurable: true, get() { tell('get ' + i) }, set(v) { tell('set ' + i); define(this, i, bare({ value: v, writable: true, configurable: true, enumerable: true })) } }))
    makeAll(calls)
    t.note('- afterwards')
    await settled()
    await afterwards()
    return t.log`,
  'Promise.prototype.then and its friends': `${SPY}
    for (const name of ['then', 'catch', 'finally', 'constructor']) spyOn(Promise.prototype, name)
    const species = Object.getOwnPropertyDescriptor(Promise, Symbol.species)
    define(Promise, Symbol.species, bare({ ...species, get() { tell('species'); return this } }))
    const { constructor } = Promise.prototype
    define(Promise.prototype, 'constructor', bare({ configurable: true, get() { tell('constructor'); return constructor } }))
    const pending = during(() => fetch('/text'))
    await afterwards()
    return [t.log, (await pending).status]`,
  'builtins that throw, and all goes on': `${SPY}
    t.raceOnTheWire()
    const fail = () => { throw new Error('broken on purpose') }
    const kept = Array.prototype[Symbol.iterator], { push } = Array.prototype, { set: mapSet, get: mapGet } = Map.prototype
    Array.prototype[Symbol.iterator] = Array.prototype.push = Array.prototype.map = Array.prototype.findIndex = Array.prototype.splice = Array.prototype.entries = fail
    Map.prototype.set = Map.prototype.get = WeakMap.prototype.get = WeakMap.prototype.set = Set.prototype.add = fail
    String.prototype.replace = String.prototype.toUpperCase = String.prototype.slice = RegExp.prototype.exec = RegExp.prototype.test = fail
    performance.now = Performance.prototype.now = fail
    Promise.prototype.then = fail
    let ended = 0
    const xhr = new XMLHttpRequest()
    xhr.onloadend = () => ended++
    addEventListener('error', e => t.note('window error ' + e.message))
    addEventListener('unhandledrejection', e => t.note('unhandled ' + e.reason))
    const status = (await fetch('/text')).status
    xhr.open('get', '/text')
    xhr.send()
    await afterwards()
    return [status, ended, xhr.responseText, navigator.sendBeacon('/echo'), t.log]`,
  'performance.now and Date.now replaced by a frozen clock': `${SPY}
    Performance.prototype.now = () => { t.note('now'); return 0 }
    Date.now = () => { t.note('Date.now'); return 0 }
    const response = await fetch('/text')
    await afterwards()
    return [response.status, t.log]`,
  'timers replaced by fake ones': `${SPY}
    const queue = []
    window.setTimeout = window.setInterval = (f, delay) => { t.note('timer ' + delay); return queue.length }
    window.clearTimeout = () => t.note('clear')
    window.requestAnimationFrame = window.requestIdleCallback = window.queueMicrotask = () => t.note('other')
    const response = await fetch('/text')
    await afterwards()
    return [response.status, t.log]`,
  'every timer cleared by its number': `${SPY}
    await (await fetch('/text')).text()
    for (let id = 0; id < 100; id++) clearTimeout(id)
    await (await fetch('/text')).text()
    await afterwards()
    return true`,
}
