// Test: what a hostile page's first inline script does, as its text. Each ends with an operation of the page's own.

/** A batch that would be listed as the operation "forged". */
export const FORGED_BATCH = `{
  operations: [{ source: 0, columns: {
    id: Uint32Array.of(1), kind: Uint8Array.of(0), outcome: Uint8Array.of(1), name: Uint32Array.of(0),
    start: Float64Array.of(1), duration: Float64Array.of(1), parent: Uint32Array.of(0), strings: ['forged'], details: []
  } }], memory: [], snapshots: [], losses: []
}`

/** After these the page's own operations are recorded all the same. */
export const BUILTINS: Record<string, string> = {
  'EventTarget, MessagePort and MessageChannel replaced by spies': `
    result('')
    for (const [prototype, name] of [
      [EventTarget.prototype, 'addEventListener'], [EventTarget.prototype, 'removeEventListener'],
      [EventTarget.prototype, 'dispatchEvent'], [MessagePort.prototype, 'postMessage'],
      [MessagePort.prototype, 'close'], [MessagePort.prototype, 'start'],
    ]) {
      const native = prototype[name]
      prototype[name] = function (...args) {
        if (this instanceof MessagePort || String(args[0]?.type ?? args[0]).startsWith('perf')) see(name)
        return native.apply(this, args)
      }
    }
    window.MessageChannel = window.MessagePort = window.MessageEvent = function () { see('new'); throw new Error('no') }
    window.dispatchEvent = window.addEventListener = performance.dispatchEvent = performance.addEventListener = () => { see('own'); throw new Error('no') }
    fetch('/api/users/1').then(() => track('own'))`,
  'Promise, performance.now, JSON, structuredClone and timers replaced': `
    const no = () => { throw new Error('no') }
    window.Promise = no
    performance.now = Performance.prototype.now = no
    JSON.parse = JSON.stringify = no
    window.structuredClone = window.setTimeout = window.clearTimeout = window.queueMicrotask = no
    result('')
    track('own')`,
  'everything frozen': `
    for (const name of Object.getOwnPropertyNames(window)) {
      const value = Object.getOwnPropertyDescriptor(window, name)?.value
      if (typeof value !== 'function') continue
      try { Object.freeze(value.prototype) } catch {}
      try { Object.freeze(value) } catch {}
    }
    try { Object.freeze(window[Symbol.for('perf-devtools.door.1')]) } catch {}
    result('')
    track('own')`,
}

/** After these the page is broken, and so may its own recording be. */
export const BROKEN: Record<string, string> = {
  'setters for numbers and for the names of options on the prototypes': `
    result('')
    const { defineProperty } = Object
    const setter = Object.assign(Object.create(null), { configurable: true, get: () => undefined })
    for (const key of ['0', '1', '2', 'ports', 'data', 'source', 'get', 'apply', 'construct', 'value', 'type', 'bubbles', 'transfer']) {
      for (const prototype of [Object.prototype, Array.prototype]) {
        setter.set = value => { if (value instanceof MessagePort || value?.operations) see(key) }
        defineProperty(prototype, key, setter)
      }
    }
    track('own')`,
  'classes replaced': `
    const no = () => { throw new Error('no') }
    window.Symbol = window.Map = window.Set = window.WeakMap = window.Array = window.Object = no
    window.Uint32Array = window.Float64Array = window.Uint8Array = window.URL = window.Error = no
    fetch('/x').catch(() => {})
    result('')`,
  'the methods of Array, Map, Set, String and Function replaced': `
    const no = () => { throw new Error('no') }
    const prototypes = [Array.prototype, Map.prototype, Set.prototype, String.prototype, RegExp.prototype, Uint32Array.prototype.__proto__]
    for (let p = 0; p < prototypes.length; p++) {
      const prototype = prototypes[p]
      const keys = Reflect.ownKeys(prototype)
      for (let i = 0; i < keys.length; i++) {
        const key = keys[i]
        const descriptor = Object.getOwnPropertyDescriptor(prototype, key)
        if (key !== 'constructor' && key !== 'length' && descriptor?.writable) Object.defineProperty(prototype, key, { ...descriptor, value: no })
      }
    }
    Function.prototype.call = Function.prototype.apply = Function.prototype.bind = no
    fetch('/x').catch(() => {})
    result('')`,
}

const registry = `const registry = window[Symbol.for('perf-devtools.door.1')];`
const columns = (rows: string): string => `{
  id: new Uint32Array(${rows}).fill(1), kind: new Uint8Array(${rows}), outcome: new Uint8Array(${rows}).fill(1),
  name: new Uint32Array(${rows}), start: new Float64Array(${rows}), duration: new Float64Array(${rows}),
  parent: new Uint32Array(${rows}), strings: ['forged'], details: [] }`

/** Attacks on the registry of the library's copies. The page's own monitor goes on recording. */
export const REGISTRY: Record<string, string> = {
  'is emptied, filled with rubbish, and replaced': `${registry}
    registry.sources.length = 0
    registry.sources.push(1, null, {}, { read() {}, listen() {} })
    registry.sources = new Proxy([], { get() { throw new Error('no') } })
    Object.defineProperty(window, Symbol.for('perf-devtools.door.1'), { value: { sources: 5 } })`,
  'is offered sources that throw, or give no news': `${registry}
    const no = () => { throw new Error('no') }
    const offer = source => { try { registry.onSource(source) } catch {} }
    for (const source of [1, null, {}, new Proxy({}, { get: no })]) offer(source)
    offer({ listen: no, read: no })
    for (const news of [undefined, null, 5, { operations: 5, snapshots: 5, lost: 'x' }, { lost: -1, more: 'yes' },
      new Proxy({}, { get: no }), { get operations() { return no() } }, { snapshots: [null, {}, { label: {}, time: 'x' }] },
      { operations: { ...${columns('3')}, name: new Uint32Array(1) } }, { operations: { ...${columns('3')}, details: [[9, {}]] } },
      { operations: { ...${columns('3')}, strings: [Symbol()] } }, { operations: { ...${columns('3')}, extra: () => {} } }]) {
      offer({ listen(onNews) { onNews?.(false) }, read: () => news })
    }`,
  'is offered a thousand sources': `${registry}
    for (let i = 0; i < 1000; i++) registry.onSource({ listen(onNews) { onNews?.(false) }, read: () => ({ lost: 0, more: false }) })`,
  'is offered a source that always has more, and asks while it is asked': `${registry}
    let ask
    let reads = 0
    registry.onSource({
      listen(onNews) { ask = onNews; onNews?.(true) },
      read() { if (++reads < 1000) ask?.(true); return { operations: reads < 1000 ? ${columns('10')} : undefined, lost: 0, more: true } },
    })`,
  'is offered a source of ten million operations, with names of megabytes': `${registry}
    const give = read => registry.onSource({ listen(onNews) { onNews?.(false) }, read })
    let huge = ${columns('10_000_000')}
    give(() => { const operations = huge; huge = undefined; return { operations, lost: 0, more: false } })
    let long = { ...${columns('1_000')}, strings: Array(1_000).fill('x'.repeat(1_000_000)) }
    give(() => { const operations = long; long = undefined; return { operations, lost: 0, more: false } })`,
}
