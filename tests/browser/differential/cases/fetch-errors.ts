// Test (Node): cases, as text that runs in a page: what fetch rejects with, and what it throws.
import type { CaseSet } from '../case-set.ts'

export const fetchErrors: CaseSet = {
  'invalid URLs': `
    const results = []
    for (const url of ['http://', 'http://[', '//', 'http://user:pass@' + location.host + '/text', 'nonsense:x', 'http://a b/', 'ftp://x/', 'file:///etc/hosts', 'about:blank', 'javascript:1', 'ws://x'])
      results.push([url, t.attempt(() => { results.last = fetch(url) }), await t.settle(results.last)])
    return results`,
  'invalid methods': `
    const results = []
    for (const method of ['', ' ', 'G ET', 'CONNECT', 'trace', 'TRACK', 'get', 'Put', 'patch', 'custom', null, 5])
      results.push([method, await t.settle(fetch('/echo', { method }).then(r => r.text()))])
    return results`,
  'invalid headers': `
    const results = []
    for (const headers of [{ 'a b': '1' }, { a: 'x\\ny' }, [['a']], [['a', 'b', 'c']], 5, 'x', null, { 'ä': '1' }, { a: 'ä' }, { a: String.fromCharCode(256) }, new Map([['x-map', '1']])])
      results.push(await t.settle(fetch('/text', { headers }).then(r => r.status)))
    return results`,
  'forbidden headers are left out': `
    await fetch('/text', { headers: { cookie: 'a=1', host: 'x', referer: '/y', 'x-ok': '1', 'sec-x': '1', 'proxy-x': '1', origin: 'http://evil', 'content-length': '7' } })
    return true`,
  'members of the wrong kind': `
    const results = []
    for (const init of [{ mode: 'navigate' }, { mode: 'x' }, { credentials: 'x' }, { cache: 'x' }, { redirect: 'x' }, { referrer: 'http://[' },
      { referrer: 'http://other.invalid/' }, { referrerPolicy: 'x' }, { integrity: 'x' }, { signal: {} }, { signal: 'x' }, { window: 'x' },
      { window: null }, { duplex: 'full' }, { priority: 'x' }, { cache: 'only-if-cached' }, { keepalive: 'yes' }])
      results.push([init, await t.settle(fetch('/text', init).then(r => r.status))])
    return results`,
  'a body on GET and HEAD': `
    return [await t.settle(fetch('/text', { body: 'x' })), await t.settle(fetch('/text', { method: 'HEAD', body: '' }))]`,
  'misuse rejects and does not throw': `
    const calls = [() => fetch(), () => fetch.call({}), () => fetch.call(5, '/text'), () => fetch('http://['), () => fetch('/text', 5), () => fetch(Symbol()), () => fetch('/text', { method: 'x y' })]
    return calls.map(call => { const outcome = t.attempt(call); call().catch(() => {}); return outcome })`,
  'each misuse gives a new error': `
    const [a, b] = await Promise.all([fetch('http://[').catch(e => e), fetch('http://[').catch(e => e)])
    return [a === b, t.show(a), t.show(b), Object.getPrototypeOf(a) === TypeError.prototype]`,
  'a connection that is reset': `
    const pending = fetch('/reset')
    const [a, b] = await Promise.all([pending.catch(e => e), pending.catch(e => e)])
    return [a === b, t.show(a), JSON.stringify(a), Reflect.ownKeys(a).map(String)]`,
  'a port that is not open': `
    return [await t.settle(fetch('http://127.0.0.1:1/')), await t.settle(fetch('http://127.0.0.1:9/'))]`,
  'a host that does not exist': `
    return t.settle(fetch('http://does-not-exist.invalid/'))`,
  'an HTTP error is no rejection': `
    const responses = []
    for (const status of [201, 204, 205, 304, 400, 404, 418, 500, 503]) responses.push(await t.read(await fetch('/text?body=&status=' + status)))
    return responses`,
  'an integrity that fits': `
    return t.read(await fetch('/text?body=hello', { integrity: 'sha256-LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=' }))`,
  'an integrity that does not fit': `
    return t.settle(fetch('/text?body=hello', { integrity: 'sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=' }))`,
  'a body that breaks off': `
    const response = await fetch('/truncated')
    const first = await t.settle(response.text())
    return [response.status, first, response.bodyUsed, await t.settle(response.text())]`,
  'a body that breaks off, by its reader': `
    const reader = (await fetch('/truncated')).body.getReader()
    const read = () => reader.read().then(({ done }) => done || read())
    const error = await read().catch(e => e)
    return [t.show(error), await reader.closed.catch(e => e === error), await reader.read().catch(e => e === error)]`,
  'JSON that is none': `
    return t.settle((await fetch('/text?body={')).json())`,
  'the stack of a network error': `
    async function caller() { return fetch('/reset') }
    const error = await caller().catch(e => e)
    return t.frames(error)`,
  'the stack of a misuse': `
    function caller() { return fetch('http://[') }
    return [t.frames(await caller().catch(e => e)), t.frames(await fetch().catch(e => e))]`,
  'the stack where a method is called on the wrong object': `
    const errors = []
    for (const call of [() => XMLHttpRequest.prototype.open.call({}), () => new XMLHttpRequest().send(), () => new WebSocket('x:'), () => new EventSource('http://['), () => WebSocket.prototype.send.call({}), () => navigator.sendBeacon()])
      try { call() } catch (error) { errors.push(t.frames(error)) }
    return errors`,
  'a stack that is cut after one frame': `
    Error.stackTraceLimit = 1
    function caller() { return fetch('http://[') }
    const error = await caller().catch(e => e)
    Error.stackTraceLimit = 10
    return t.frames(error)`,
  'the place that an error event tells': `
    const events = []
    addEventListener('error', event => {
      const { message, filename } = event
      events.push([message, filename])
    })
    for (const call of [() => new WebSocket('x:'), () => new XMLHttpRequest().send(), () => new EventSource('http://['), () => undefined()]) setTimeout(call)
    await t.until(() => events.length === 4)
    return events`,
  'a patched function as a listener, a timer and a handler of promises': `
    const { open, send, abort } = XMLHttpRequest.prototype
    addEventListener('error', event => { t.note(event.message) })
    addEventListener('mine', send)
    dispatchEvent(new Event('mine'))
    setTimeout(send)
    queueMicrotask(abort)
    await t.until(() => t.log.length === 3)
    return [t.log, await t.settle(new Promise(open)), await t.settle(Promise.resolve().then(abort)), t.attempt(() => [1].forEach(open, new XMLHttpRequest()))]`,
  'who called, by Function.prototype.caller': `
    const sloppy = new Function('note', 'return function toString() { note(toString.caller && toString.caller.name); return "/text" }')
    const call = new Function('input', 'return (function caller() { return fetch(input) })()')
    await call({ toString: sloppy(t.note) })
    return t.log`,
  'Error.prepareStackTrace is not called more': `
    Error.prepareStackTrace = (error, sites) => { t.note('prepared ' + error.message); return 'prepared' }
    await fetch('/reset').catch(() => {})
    const error = await fetch('http://[').catch(e => e)
    t.note('reading')
    const stack = error.stack
    await t.task()
    return [t.log, stack]`,
  'Error.captureStackTrace and stackTraceLimit': `
    Error.stackTraceLimit = 0
    const error = await fetch('http://[').catch(e => e)
    const shown = error.stack
    Error.stackTraceLimit = 10
    const stackBelow = f => { const error = {}; Error.captureStackTrace(error, f); return t.frames(error) }
    const argument = f => ({ toString() { t.note(stackBelow(f)); throw new Error('no URL') } })
    function callsFetch() { return fetch(argument(fetch)) }
    function makesSocket() { return new WebSocket(argument(WebSocket)) }
    await t.settle(callsFetch())
    t.attempt(makesSocket)
    return [shown, Error.stackTraceLimit, Reflect.ownKeys(Error).map(String), stackBelow(argument), stackBelow(fetch), stackBelow(EventSource), ...t.log]`,
  'a getter on Error.stackTraceLimit': `
    Object.defineProperty(Error, 'stackTraceLimit', { configurable: true, get() { t.note('limit'); return 5 }, set() { t.note('set') } })
    await fetch('http://[').catch(e => e)
    await fetch(new URL('/text', location))
    await t.task()
    return t.log`,
  'a page that forbids connections by CSP': `
    const meta = document.createElement('meta')
    meta.httpEquiv = 'Content-Security-Policy'
    meta.content = "connect-src 'none'"
    const violations = []
    document.addEventListener('securitypolicyviolation', e => violations.push([e.effectiveDirective, e.blockedURI, e.sourceFile]))
    document.head.append(meta)
    const results = [await t.settle(fetch('/text')), await t.settle(fetch(t.other + '/text'))]
    const xhr = new XMLHttpRequest()
    xhr.open('GET', '/text')
    t.noteEvents(xhr).send()
    await t.once(xhr, 'loadend')
    results.push(navigator.sendBeacon('/text'), t.attempt(() => new WebSocket('ws://' + location.host + '/ws/echo').readyState))
    const source = new EventSource('/events')
    await t.once(source, 'error')
    await t.until(() => violations.length >= 5)
    return [results, t.log, violations, source.readyState]`,
}
