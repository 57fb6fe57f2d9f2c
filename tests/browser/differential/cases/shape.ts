// Test (Node): cases, as text that runs in a page: how the functions look.
import type { CaseSet } from '../case-set.ts'

/** Everything there is to see of a function `f`, but its text. */
const LOOK = `
const descriptors = o => Reflect.ownKeys(o).map(key => {
  const { value, get, set, ...rest } = Object.getOwnPropertyDescriptor(o, key)
  return [String(key), typeof value === 'object' ? String(Object.prototype.toString.call(value)) : t.show(value), t.show(get), t.show(set), rest]
})
const look = f => ({
  type: typeof f, tag: Object.prototype.toString.call(f), name: f.name, length: f.length, text: f.toString(),
  template: '' + f, keys: Reflect.ownKeys(f).map(String), extensible: Object.isExtensible(f),
  proto: Object.getPrototypeOf(f) === Function.prototype || Object.getPrototypeOf(f).name,
  hasPrototype: 'prototype' in f, own: descriptors(f),
  bound: f.bind(null).name + '/' + f.bind(null).length, source: Object.hasOwn(f, 'toString'),
})
const place = (owner, name) => {
  const d = Object.getOwnPropertyDescriptor(owner, name)
  return { ...look(d.value), writable: d.writable, enumerable: d.enumerable, configurable: d.configurable,
    index: Object.keys(owner).indexOf(name), ownIndex: Object.getOwnPropertyNames(owner).indexOf(name) >= 0 }
}
`

export const shape: CaseSet = {
  'fetch as an object': `${LOOK} return place(window, 'fetch')`,
  'XMLHttpRequest.prototype.open as an object': `${LOOK} return place(XMLHttpRequest.prototype, 'open')`,
  'XMLHttpRequest.prototype.send as an object': `${LOOK} return place(XMLHttpRequest.prototype, 'send')`,
  'XMLHttpRequest.prototype.abort as an object': `${LOOK} return place(XMLHttpRequest.prototype, 'abort')`,
  'XMLHttpRequest and what we leave alone of it': `${LOOK}
    return [look(XMLHttpRequest), place(XMLHttpRequest.prototype, 'setRequestHeader'), place(XMLHttpRequest.prototype, 'getResponseHeader')]`,
  'navigator.sendBeacon as an object': `${LOOK} return place(Navigator.prototype, 'sendBeacon')`,
  'WebSocket as an object': `${LOOK} return place(window, 'WebSocket')`,
  'WebSocket.prototype.send as an object': `${LOOK} return place(WebSocket.prototype, 'send')`,
  'WebSocket.prototype.close as an object': `${LOOK} return place(WebSocket.prototype, 'close')`,
  'EventSource as an object': `${LOOK} return place(window, 'EventSource')`,
  'EventSource.prototype.close as an object': `${LOOK} return place(EventSource.prototype, 'close')`,
  'the text by Function.prototype.toString': `
    return [fetch, XMLHttpRequest.prototype.open, XMLHttpRequest.prototype.send, XMLHttpRequest.prototype.abort,
      navigator.sendBeacon, WebSocket, WebSocket.prototype.send, WebSocket.prototype.close, EventSource, EventSource.prototype.close, XMLHttpRequest, Request]
      .map(f => Function.prototype.toString.call(f))`,
  'the text by a toString of another realm': `
    const frame = document.body.appendChild(document.createElement('iframe'))
    return [fetch, WebSocket].map(f => frame.contentWindow.Function.prototype.toString.call(f))`,
  'toString is the inherited one': `
    return [fetch, XMLHttpRequest.prototype.open, WebSocket].map(f => f.toString === Function.prototype.toString)`,
  'the regular expression that Sentry asks': `
    const isNative = f => /^function\\s+\\w+\\(\\)\\s+\\{\\s+\\[native code\\]\\s+\\}$/.test(f.toString())
    return [fetch, WebSocket, EventSource, XMLHttpRequest.prototype.send, navigator.sendBeacon].map(isNative)`,
  'all own keys of window': `
    return Reflect.ownKeys(window).map(String)`,
  'enumerable keys of window': `
    const names = []
    for (const name in window) names.push(name)
    return [names, Object.keys(window)]`,
  'own keys of the prototypes': `
    return [XMLHttpRequest, XMLHttpRequestEventTarget, XMLHttpRequestUpload, EventTarget, Request, Response, Headers, AbortSignal,
      AbortController, WebSocket, EventSource, Navigator, Performance, PerformanceObserver, PerformanceResourceTiming, MessagePort,
      Promise, Function, Object, Array, Map, WeakMap, Error, Document, Node, Window]
      .map(C => [C.name, Reflect.ownKeys(C).map(String), Reflect.ownKeys(C.prototype).map(String)])`,
  'own keys of navigator, document and performance': `
    return [navigator, document, performance, history, location, screen].map(o => Reflect.ownKeys(o).map(String))`,
  'identity is stable': `
    return [fetch === window.fetch, fetch === self.fetch, fetch === globalThis.fetch, window.fetch === window.fetch,
      new XMLHttpRequest().open === XMLHttpRequest.prototype.open, navigator.sendBeacon === Navigator.prototype.sendBeacon,
      new Set([fetch, window.fetch]).size, Object.is(WebSocket, window.WebSocket)]`,
  'constructor links': `
    t.raceOnTheWire()
    const socket = new WebSocket('ws://' + location.host + '/ws/echo'), source = new EventSource('/events')
    const record = [WebSocket.prototype.constructor === WebSocket, socket.constructor === WebSocket, socket instanceof WebSocket,
      Object.getPrototypeOf(socket) === WebSocket.prototype, EventSource.prototype.constructor === EventSource,
      source.constructor === EventSource, source instanceof EventSource, EventTarget.prototype.isPrototypeOf(source),
      Object.getPrototypeOf(WebSocket) === EventTarget, String(socket), String(source), Reflect.ownKeys(socket), Reflect.ownKeys(source)]
    source.close()
    socket.close()
    return record`,
  'constants of the constructors': `${LOOK}
    return [WebSocket.OPEN, WebSocket.CLOSED, EventSource.CLOSED, Object.entries(WebSocket), Object.keys(EventSource),
      descriptors(WebSocket), descriptors(EventSource)]`,
  'new of a function that is no constructor': `
    return [t.attempt(() => new fetch('/text')), t.attempt(() => new XMLHttpRequest.prototype.open()),
      t.attempt(() => Reflect.construct(Object, [], fetch)), t.attempt(() => Reflect.construct(Object, [], XMLHttpRequest.prototype.send)),
      t.attempt(() => class extends fetch {}), t.attempt(() => ({}) instanceof fetch)]`,
  'constructors called without new': `
    t.raceOnTheWire()
    return [t.attempt(() => WebSocket('ws://x')), t.attempt(() => EventSource('/events')), t.attempt(() => WebSocket.call({}, 'ws://x')),
      t.attempt(() => Reflect.construct(Object, [], WebSocket) instanceof WebSocket)]`,
  'subclasses of the constructors': `
    t.raceOnTheWire()
    class Socket extends WebSocket { constructor(url) { super(url); this.mine = 1 } get url() { return 'overridden ' + super.url } }
    class Source extends EventSource { static named = 2 }
    const socket = new Socket('ws://' + location.host + '/ws/echo'), source = new Source('/events')
    const other = Reflect.construct(WebSocket, ['ws://' + location.host + '/ws/echo'], Array)
    const record = [socket instanceof Socket, socket instanceof WebSocket, socket.constructor === Socket, socket.url, socket.mine,
      Object.keys(socket), Socket.name, Socket.OPEN, Source.named, source instanceof Source, source.constructor.name,
      Array.isArray(other), other instanceof Array, other instanceof WebSocket, Object.getPrototypeOf(Socket) === WebSocket]
    socket.close(); source.close()
    WebSocket.prototype.close.call(other)
    return record`,
  'new.target with a getter for its prototype': `
    t.raceOnTheWire()
    const target = new Proxy(function () {}, { get(f, key) { t.note('get ' + String(key)); return f[key] } })
    const socket = Reflect.construct(WebSocket, ['ws://' + location.host + '/ws/echo'], target)
    WebSocket.prototype.close.call(socket)
    return [t.log, Object.getPrototypeOf(socket) === target.prototype]`,
  'caller and arguments': `
    return [fetch, WebSocket, EventSource, XMLHttpRequest.prototype.open, navigator.sendBeacon]
      .map(f => [t.attempt(() => f.caller), t.attempt(() => f.arguments), 'caller' in f, Object.hasOwn(f, 'arguments')])`,
  'extended, though it is no constructor': `
    return [fetch, XMLHttpRequest.prototype.open, navigator.sendBeacon, WebSocket.prototype.send]
      .map(f => [t.attempt(() => { class Sub extends f {} }), t.attempt(() => Reflect.construct(f, [])), t.attempt(() => Reflect.construct(Object, [], f)), t.attempt(() => ({}) instanceof f)])`,
  'structuredClone refuses alike': `
    t.raceOnTheWire()
    return [fetch, WebSocket, EventSource, XMLHttpRequest.prototype.open, { fetch }, new XMLHttpRequest(), new Request('/'), fetch('/text')]
      .map(value => t.attempt(() => structuredClone(value)))`,
  'postMessage refuses alike': `
    return [fetch, { open: XMLHttpRequest.prototype.open }].map(value => t.attempt(() => window.postMessage(value)))`,
  'a property of its own can be put on it': `
    fetch.mine = 1
    Object.defineProperty(fetch, 'name', { value: 'renamed' })
    return [fetch.mine, fetch.name, Object.keys(fetch), delete fetch.mine, 'mine' in fetch, delete fetch.length, fetch.length, delete fetch.name, fetch.name]`,
  'it can be frozen': `
    Object.freeze(fetch)
    return [Object.isFrozen(fetch), t.attempt(() => { 'use strict'; fetch.mine = 1 }), (await fetch('/text')).status]`,
  'it can be frozen with a toString of its own': `
    const { toString } = Function.prototype
    fetch.toString = toString
    Object.freeze(fetch)
    return [fetch.toString === toString, Object.keys(fetch)]`,
  'its prototype can be replaced': `
    Object.setPrototypeOf(fetch, { inherited: 5 })
    return [fetch.inherited, typeof fetch.call, Object.getPrototypeOf(fetch).inherited, t.attempt(() => fetch.toString), (await fetch('/text')).status]`,
  'Function.prototype gets a member': `
    Function.prototype.added = function () { return this === fetch }
    return [fetch.added(), 'added' in fetch]`,
  'Function.prototype.toString is replaced': `
    Function.prototype.toString = function () { t.note('asked'); return 'replaced' }
    return [String(fetch), '' + WebSocket, fetch.toString(), t.log]`,
  'Function.prototype.toString is wrapped': `
    const { toString } = Function.prototype
    Function.prototype.toString = function (...args) { t.note('asked'); return toString.apply(this, args) }
    const functions = [fetch, WebSocket, EventSource, XMLHttpRequest.prototype.send, navigator.sendBeacon, XMLHttpRequest, () => 1]
    return [functions.map(f => [String(f), '' + f, f.toString(), f.toLocaleString(), \`\${f}\`, [f].join()]), t.log.length,
      fetch.toString === fetch.toString, fetch.toString === WebSocket.toString, fetch.toString.name, fetch.toString.length, fetch.toString.toString()]`,
  'Function.prototype.toString is wrapped by several, each around the other': `
    for (const name of ['a', 'b', 'c']) {
      const inner = Function.prototype.toString
      Function.prototype.toString = new Proxy(inner, { apply(f, self, args) { t.note(name); return Reflect.apply(f, self, args) } })
    }
    return [String(fetch), new XMLHttpRequest().open.toString(), String(Array.prototype.map), t.log]`,
  'Function.prototype.toString is an accessor': `
    const { toString } = Function.prototype
    Object.defineProperty(Function.prototype, 'toString', { get() { t.note(typeof this); return function () { return toString.call(this) } } })
    return [String(fetch), '' + WebSocket, navigator.sendBeacon.toString(), t.log]`,
  'Function.prototype.toString is deleted, or is no function': `
    const results = [delete Function.prototype.toString && String(fetch)]
    for (const value of [5, null, {}]) {
      Function.prototype.toString = value
      results.push(t.attempt(() => String(fetch)), t.show(fetch.toString))
    }
    return results`,
  'fetch.toString becomes that of all functions': `
    Function.prototype.toString = fetch.toString
    Function.prototype.toString = WebSocket.toString
    return [String(fetch), String(Array), fetch.toString === Function.prototype.toString]`,
  'what a wrapped Function.prototype.toString is asked of, and sees': `
    const { toString } = Function.prototype
    Function.prototype.toString = function () { const text = toString.call(this); t.note([this === fetch, text, this.name].join()); return text }
    return [String(fetch), fetch.toString(), t.log[0], t.log[1]]`,
  'a wrapped Function.prototype.toString that changes the text, or throws': `
    const { toString } = Function.prototype, texts = new Map([[fetch, 'mine']])
    Function.prototype.toString = function () { return texts.get(this) ?? '/* seen */ ' + toString.call(Array) }
    const changed = [String(fetch), String(WebSocket), String(Array)]
    Function.prototype.toString = function () { throw new TypeError('not ' + this.name) }
    return [changed, t.attempt(() => String(fetch)), t.attempt(() => fetch.toString.call(5))]`,
  'a toString of its own': `
    fetch.toString = () => 'mine'
    return [String(fetch), fetch.toString(), Object.keys(fetch)]`,
  'toString called on something else': `
    const { toString } = fetch
    return [toString.call(function mine() { return 1 }), t.attempt(() => toString.call({})), toString.name, toString.length, Object.hasOwn(toString, 'prototype')]`,
  'assigning fetch, and putting it back': `
    const native = window.fetch
    window.fetch = function mine(...args) { t.note('mine ' + args.length); return native.apply(this, args) }
    const first = await (await fetch('/text')).text()
    window.fetch = native
    return [first, await (await fetch('/text')).text(), t.log, fetch === native, fetch.name]`,
  'deleting fetch': `
    return [delete window.fetch, typeof window.fetch, 'fetch' in window]`,
  'redefining fetch': `
    Object.defineProperty(window, 'fetch', { value: 1, writable: false, configurable: false })
    return [t.attempt(() => { 'use strict'; window.fetch = 2 }), window.fetch]`,
  'the functions of a fresh iframe': `
    const frame = document.body.appendChild(document.createElement('iframe'))
    const inner = frame.contentWindow
    return [inner.fetch.name, inner.fetch.length, inner.fetch.toString(), inner.fetch === fetch, inner.fetch instanceof inner.Function,
      inner.WebSocket.prototype.constructor === inner.WebSocket, (await inner.fetch.call(window, '/text')).constructor === inner.Response,
      (await fetch.call(inner, '/text')).constructor === Response]`,
  'fetch of a removed iframe': `
    const frame = document.body.appendChild(document.createElement('iframe'))
    const { fetch: inner, XMLHttpRequest: Xhr, Object: O } = frame.contentWindow
    frame.remove()
    const settled = await Promise.race([t.settle(t.attempt(() => inner('/text')).returned), t.task().then(() => t.task()).then(() => 'never')])
    return [settled, t.attempt(() => new Xhr().open('GET', '/text')).thrown?.exception]`,
  'typeof and truth of every patched function': `
    return [fetch, WebSocket, EventSource, navigator.sendBeacon].map(f => [typeof f, !!f, f == f, JSON.stringify({ f }), Object.prototype.propertyIsEnumerable.call(window, f.name), f instanceof Function, f instanceof Object])`,
  'timer ids': `
    const first = setTimeout(() => {})
    await (await fetch('/text')).text()
    const xhr = new XMLHttpRequest()
    xhr.open('GET', '/text')
    xhr.send()
    await t.once(xhr, 'loadend')
    await t.task()
    const second = setTimeout(() => {})
    return [second - first]`,
}
