// Test (Node): a page that has broken the platform's builtins, and clears all timers there are, before its requests.

const BROKEN = `
const fail = () => { throw new Error('broken on purpose') }
const { ownKeys, getOwnPropertyDescriptor, defineProperty, getPrototypeOf } = Reflect
const owners = [Array.prototype, Map.prototype, Set.prototype, WeakMap.prototype, String.prototype, RegExp.prototype,
  Promise.prototype, Number.prototype, Performance.prototype, PerformanceEntry.prototype, PerformanceResourceTiming.prototype,
  PerformanceObserverEntryList.prototype, EventTarget.prototype, MessageEvent.prototype, MessagePort.prototype, URL.prototype,
  Request.prototype, AbortSignal.prototype, Node.prototype, Scheduler.prototype, getPrototypeOf(Uint8Array.prototype),
  getPrototypeOf([].values()), getPrototypeOf(new Map().keys()), Function.prototype, Object, Reflect, JSON, Math]
for (let i = 0; i < owners.length; i++) {
  const keys = ownKeys(owners[i])
  for (let j = 0; j < keys.length; j++) {
    const { configurable, value, get } = getOwnPropertyDescriptor(owners[i], keys[j])
    if (!configurable || keys[j] === 'constructor' || keys[j] === 'prototype' || !(get || typeof value === 'function')) continue
    defineProperty(owners[i], keys[j], get ? { get: fail } : { value: fail })
  }
}
Object.prototype.get = Object.prototype.apply = fail
for (const name in { Uint32Array, Float64Array, Uint8Array, URL, Map, Array, Reflect, setTimeout, performance }) window[name] = fail
document.title = 'All is broken'
`

const REQUESTS = `
for (let id = 0; id < 1000; id++) clearTimeout(id)
fetch('/text?fetched=1')
const xhr = new XMLHttpRequest()
xhr.open('put', '/echo')
xhr.send('sent')
fetch('/reset')
navigator.sendBeacon('/echo?beacon', 'b')
for (let id = 0; id < 1000; id++) clearTimeout(id)
`

export const HOSTILE_PAGE = `<!doctype html><link rel="icon" href="data:,"><script>${BROKEN}</script>
<script>${REQUESTS}</script>`
