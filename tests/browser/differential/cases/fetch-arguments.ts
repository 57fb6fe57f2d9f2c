// Test (Node): cases, as text that runs in a page: what fetch reads of its arguments, when, and how often.
import type { CaseSet } from '../case-set.ts'

const FETCHED =
  'const fetched = async (...args) => { const call = t.attempt(() => fetch(...args)); return call.thrown ? call : t.settle(fetch(...args).then(r => r.text())) }'

export const fetchArguments: CaseSet = {
  'no argument': `${FETCHED}
    return fetched()`,
  'undefined, null, numbers, booleans and symbols as input': `${FETCHED}
    return [await fetched(undefined), await fetched(null), await fetched(5), await fetched(true), await fetched(Symbol('s')), await fetched(5n)]`,
  'objects as input': `${FETCHED}
    return [await fetched({}), await fetched([]), await fetched(['/text']), await fetched(() => 1), await fetched(Object.create(null)), await fetched(document), await fetched(location)]`,
  'a String object as input': `return (await fetch(new String('/text?body=boxed'))).text()`,
  'an anchor as input': `
    const a = document.createElement('a')
    a.href = '/text?body=anchor'
    return (await fetch(a)).text()`,
  'init of the wrong type': `${FETCHED}
    return [await fetched('/text', 5), await fetched('/text', 'x'), await fetched('/text', null), await fetched('/text', undefined),
      await fetched('/text', []), await fetched('/text', () => 1), await fetched('/text', Symbol('s')), await fetched('/text', true)]`,
  'more arguments than two': `
    const third = { get method() { t.note('read') ; return 'POST' } }
    return [await (await fetch('/echo', { method: 'PUT' }, third)).text(), t.log]`,
  'a stateful toString is run once': `
    let count = 0
    const input = { toString() { t.note('toString'); return '/text?body=' + ++count } }
    return [await (await fetch(input)).text(), count, t.log]`,
  'Symbol.toPrimitive, toString and valueOf in their order': `
    const make = members => t.watched('input', members)
    const first = await fetch(make({ [Symbol.toPrimitive](hint) { t.note('hint ' + hint); return '/text' } }))
    const second = await fetch(make({ valueOf() { return '/text?body=valueOf' }, toString() { return {} } }))
    return [await first.text(), await second.text(), t.log]`,
  'a toString that throws': `
    const error = new RangeError('mine')
    let caught
    const call = t.attempt(() => { caught = fetch({ toString() { throw error } }) })
    return [call, await t.settle(caught), await caught.catch(e => e === error)]`,
  'getters of init in their order, each once': `
    const init = {}
    for (const key of ['method', 'headers', 'body', 'referrer', 'referrerPolicy', 'mode', 'credentials', 'cache', 'redirect', 'integrity',
      'keepalive', 'signal', 'duplex', 'priority', 'window', 'attributionReporting', 'targetAddressSpace', 'unknown', 'url', 'then'])
      Object.defineProperty(init, key, { enumerable: true, get() { t.note(key); return { method: 'POST', body: 'b', mode: 'cors', signal: null }[key] } })
    return [await (await fetch('/echo', init)).text(), t.log]`,
  'getters of init that throw': `
    const error = new Error('mine')
    const failing = key => ({ get [key]() { t.note(key); throw error } })
    const keys = ['method', 'headers', 'body', 'mode', 'signal', 'keepalive', 'window', 'duplex']
    const results = []
    for (const key of keys) results.push(await t.settle(fetch('/text', failing(key))), await fetch('/text', failing(key)).catch(e => e === error))
    return [results, t.log]`,
  'a method that changes with each reading': `
    let count = 0
    const init = { get method() { return ['PUT', 'DELETE', 'PATCH'][count++] } }
    return [await (await fetch('/echo', init)).text(), count]`,
  'a method with a toString': `
    const init = { method: { toString() { t.note('toString'); return 'put' } }, body: { toString() { t.note('body'); return 'text' } } }
    return [await (await fetch('/echo', init)).text(), t.log]`,
  'inherited members of init': `
    const init = Object.create({ method: 'POST', body: 'inherited', headers: { 'x-mine': '1' } })
    return (await fetch('/echo', init)).text()`,
  'an init of a class with accessors': `
    class Init { #method = 'PUT'; get method() { t.note('method of ' + (this instanceof Init)); return this.#method } get body() { t.note('body'); return 'b' } }
    return [await (await fetch('/echo', new Init())).text(), t.log]`,
  'an init without a prototype': `
    return (await fetch('/echo', Object.assign(Object.create(null), { method: 'POST', body: 'x' }))).text()`,
  'a Proxy with a get trap as init': `
    const init = new Proxy({ method: 'POST', body: 'b' }, { get(o, key) { t.note(String(key)); return o[key] } })
    return [await (await fetch('/echo', init)).text(), t.log]`,
  'a Proxy with every trap as init': `
    return [await (await fetch('/echo', t.watched('init', { method: 'POST', body: 'b' }))).text(), t.log]`,
  'a Proxy with every trap as input': `
    return [await (await fetch(t.watched('input', { toString: () => '/text' }))).text(), t.log]`,
  'a Proxy of a Request as input': `
    return [await t.settle(fetch(t.watched('input', new Request('/text')))), t.log]`,
  'a revoked Proxy as input and as init': `
    const { proxy, revoke } = Proxy.revocable({}, {})
    revoke()
    return [await t.settle(fetch(proxy)), await t.settle(fetch('/text', proxy))]`,
  'bodies that are sent to GraphQL': `
    const url = '/echo?graphql', name = '{"operationName":"A"}'
    const send = async body => (await (await fetch(url, { method: 'POST', body })).text()).slice(0, 200)
    const given = { method: 'POST', get body() { t.note('body'); return name } }
    const xhr = body => new Promise(resolve => {
      const request = new XMLHttpRequest()
      request.open('POST', url)
      request.onloadend = () => resolve(request.responseText)
      request.send(body)
    })
    const spoken = { toString() { t.note('toString'); return name } }
    return [await send(name), await send(spoken), await send(new String(name)), await (await fetch(url, given)).text(),
      await (await fetch(url, new Proxy({ method: 'POST', body: name }, { get(o, key) { t.note(String(key)); return o[key] } }))).text(),
      await send(new Blob([name])), await send('query A {'.repeat(10_000)), await xhr(name), await xhr(spoken), t.log]`,
  'init is never written to': `
    const init = { method: 'POST', body: 'b', headers: { 'x-mine': '1' } }
    const before = JSON.stringify(init)
    await fetch('/echo', init)
    return [before === JSON.stringify(init), Reflect.ownKeys(init), Reflect.ownKeys(init.headers)]`,
  'a frozen init': `
    return (await fetch('/echo', Object.freeze({ method: 'POST', body: 'b', headers: Object.freeze({ 'x-mine': '1' }) }))).text()`,
  'an init that a getter changes meanwhile': `
    const init = { method: 'POST', get body() { init.method = 'PUT'; init.headers = { 'x-late': '1' }; return 'b' } }
    return [await (await fetch('/echo', init)).text(), init.method]`,
  'a URL object as input': `
    const url = new URL('/text?body=url', location)
    const pending = fetch(url)
    url.search = '?body=changed'
    return (await pending).text()`,
  'a subclass of URL with its own getters': `
    class Mine extends URL { get href() { t.note('href'); return 'http://wrong.invalid/' } toString() { t.note('toString'); return super.href } }
    return [await (await fetch(new Mine('/text?body=subclass', location))).text(), t.log]`,
  'a URL with own members': `
    const url = new URL('/text', location)
    Object.defineProperty(url, 'href', { get() { t.note('href'); return 'x' } })
    url.toString = () => { t.note('toString'); return '/text?body=own' }
    return [await (await fetch(url)).text(), t.log]`,
  'a subclass of Request with its own getters': `
    class Mine extends Request {
      get url() { t.note('url'); return 'http://wrong.invalid/' } get method() { t.note('method'); return 'PUT' }
      get signal() { t.note('signal'); return null } get mode() { t.note('mode'); return 'x' } get headers() { t.note('headers'); return super.headers }
      clone() { t.note('clone'); return super.clone() }
    }
    return [await (await fetch(new Mine('/echo', { method: 'POST', body: 'b' }))).text(), t.log]`,
  'a Request with own members': `
    const request = new Request('/echo', { method: 'POST', body: 'b' })
    for (const key of ['url', 'method', 'signal', 'mode', 'body', 'headers', 'clone'])
      Object.defineProperty(request, key, { get() { t.note(key); return undefined } })
    return [await (await fetch(request)).text(), t.log]`,
  'a Request, and init over it': `
    const request = new Request('/echo', { method: 'POST', body: 'of the request', headers: { 'x-request': '1' } })
    const response = await fetch(request, { method: 'PUT', headers: { 'x-init': '2' } })
    return [await response.text(), request.bodyUsed, request.method]`,
  'a Request used twice': `
    const request = new Request('/echo', { method: 'POST', body: 'b' })
    const first = await (await fetch(request)).text()
    return [first, request.bodyUsed, await t.settle(fetch(request)), t.attempt(() => request.clone())]`,
  'a Request of another realm': `
    const frame = document.body.appendChild(document.createElement('iframe'))
    const request = new frame.contentWindow.Request('/echo', { method: 'POST', body: 'b' })
    return [await (await fetch(request)).text(), request.bodyUsed]`,
  'Request.prototype getters replaced': `
    for (const key of ['url', 'method', 'signal', 'mode']) Object.defineProperty(Request.prototype, key, { configurable: true, get() { t.note(key) } })
    Object.defineProperty(URL.prototype, 'href', { configurable: true, get() { t.note('href') } })
    Object.defineProperty(AbortSignal.prototype, 'aborted', { configurable: true, get() { t.note('aborted') } })
    Object.defineProperty(AbortSignal.prototype, 'reason', { configurable: true, get() { t.note('reason') } })
    await fetch(new Request('/text'))
    await fetch(new URL('/text', document.baseURI), { signal: new AbortController().signal })
    return t.log`,
  'another this': `
    const call = this_ => t.settle(t.attempt(() => 0) && fetch.call(this_, '/text').then(r => r.status))
    return [await call({}), await call(null), await call(undefined), await call(window), await call(5), await call(document),
      await call(Object.create(window)), await call(new Proxy(window, {})), await call(XMLHttpRequest)]`,
  'called through apply, bind, Reflect.apply and a comma': `
    return [await (await fetch.apply(window, ['/text'])).text(), await (await fetch.bind(null)('/text')).text(),
      await (await Reflect.apply(fetch, undefined, ['/text'])).text(), await (await (0, fetch)('/text')).text(),
      await (await window.fetch('/text')).text(), t.attempt(() => Reflect.apply(fetch, window, null)), t.attempt(() => Reflect.apply(fetch, window))]`,
  'apply with an array-like of getters': `
    const args = t.watched('args', { length: 2, 0: '/echo', 1: { method: 'PUT' } })
    return [await (await fetch.apply(window, args)).text(), t.log]`,
  'as a callback of map': `
    return Promise.all((await Promise.all(['/text?body=1', '/text?body=2'].map(u => [u]).map(u => fetch(...u)))).map(r => r.text()))`,
  'as a callback that gets other arguments': `
    return Promise.all(['/text?body=1'].map(fetch).map(p => t.settle(p)))`,
  'a relative URL with a base element': `
    document.head.innerHTML = '<base href="/echo/deep/">'
    const response = await fetch('../text?x')
    return [response.url, response.status, await response.text()]`,
  'a URL with a fragment, spaces and no ASCII': `
    const response = await fetch('/text?body=ä b#fragment')
    return t.read(response)`,
  'a URL with lone surrogates': `
    const response = await fetch('/text?body=' + String.fromCharCode(0xd800))
    return response.url`,
}
