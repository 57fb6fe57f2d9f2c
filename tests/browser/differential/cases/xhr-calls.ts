// Test (Node): cases, as text that runs in a page: the calls of XMLHttpRequest and what they read.
import type { CaseSet } from '../case-set.ts'

const DONE = `const done = async xhr => { await t.once(xhr, 'loadend'); return [xhr.status, xhr.responseText] }`

export const xhrCalls: CaseSet = {
  'open by the number of its arguments': `${DONE}
    const results = []
    for (const args of [[], ['GET'], ['GET', '/text'], ['GET', '/text', undefined], ['GET', '/text', true], ['GET', '/text', false], ['GET', '/text', null], ['GET', '/text', 0], ['GET', '/text', 'x'], ['GET', '/text', true, undefined], ['GET', '/text', true, null, null], ['GET', '/text', true, 'user', 'pass'], ['GET', '/text', true, '', '', 'more']]) {
      const xhr = new XMLHttpRequest()
      const opened = t.attempt(() => xhr.open(...args))
      const sent = t.attempt(() => xhr.send())
      results.push([args.length, opened, sent, xhr.readyState])
      if (!sent.thrown && xhr.readyState !== 4) results.push(await done(xhr))
    }
    return results`,
  'open with a wrong method or URL': `
    const results = []
    for (const args of [['', '/text'], ['G ET', '/text'], ['CONNECT', '/text'], ['TRACE', '/'], ['get', '/text'], ['GET', 'http://['], ['GET', ''], [null, null], [Symbol(), '/'], ['GET', Symbol()]]) {
      const xhr = t.noteEvents(new XMLHttpRequest())
      results.push([t.attempt(() => xhr.open(...args)), xhr.readyState])
    }
    return [results, t.log]`,
  'open converts its arguments in order, each once': `${DONE}
    const part = (name, value) => ({ toString() { t.note(name); return value }, valueOf() { t.note(name + ' valueOf'); return value } })
    const xhr = new XMLHttpRequest()
    xhr.open(part('method', 'put'), part('url', '/echo'), part('async', true), part('user', 'u'), part('password', 'p'))
    xhr.send(part('body', 'text'))
    return [await done(xhr), t.log]`,
  'open with watched objects': `${DONE}
    const xhr = new XMLHttpRequest()
    xhr.open(t.watched('method', { toString: () => 'GET' }), t.watched('url', { toString: () => '/text' }))
    xhr.send()
    return [await done(xhr), t.log]`,
  'open with an error thrown by a toString': `
    const error = new Error('mine'), xhr = new XMLHttpRequest()
    xhr.open('GET', '/text')
    let caught
    try { xhr.open({ toString() { throw error } }, '/other') } catch (e) { caught = e }
    xhr.send()
    await t.once(xhr, 'loadend')
    return [caught === error, xhr.responseURL]`,
  'open with a URL object and a subclass': `${DONE}
    class Mine extends URL { get href() { t.note('href'); return 'x' } toString() { t.note('toString'); return '/text?body=sub' } }
    const a = new XMLHttpRequest(), b = new XMLHttpRequest()
    a.open('GET', new URL('/text?body=url', location)); a.send()
    b.open('GET', new Mine('/x', location)); b.send()
    return [await Promise.all([done(a), done(b)]), t.log]`,
  'methods upper-cased or not': `${DONE}
    const results = []
    for (const method of ['post', 'Put', 'patch', 'delete', 'custom']) {
      const xhr = new XMLHttpRequest()
      xhr.open(method, '/echo')
      xhr.send('b')
      results.push(await done(xhr))
    }
    return results`,
  'another this': `
    const { open, send, abort, setRequestHeader } = XMLHttpRequest.prototype
    return [open, send, abort, setRequestHeader].map(method => [{}, null, undefined, 5, XMLHttpRequest.prototype, Object.create(new XMLHttpRequest()), new Proxy(new XMLHttpRequest(), {})].map(self => t.attempt(() => method.call(self, 'GET', '/text'))))`,
  'send before open': `
    const xhr = t.noteEvents(new XMLHttpRequest())
    return [t.attempt(() => xhr.send()), t.attempt(() => xhr.send('body')), t.attempt(() => xhr.setRequestHeader('a', 'b')), t.log]`,
  'send by the number of its arguments': `${DONE}
    const results = []
    for (const args of [[], [undefined], [null], ['b', 'more'], [5], [{}], [[1, 2]], [Symbol()]]) {
      const xhr = new XMLHttpRequest()
      xhr.open('POST', '/echo')
      const sent = t.attempt(() => xhr.send(...args))
      results.push(sent, sent.thrown ? xhr.readyState : await done(xhr))
    }
    return results`,
  'bodies of every type': `${DONE}
    const form = new FormData()
    form.append('a', 'b')
    const results = []
    const doc = new DOMParser().parseFromString('<a>ä</a>', 'text/xml')
    for (const body of ['ä', new Blob(['b'], { type: 'x/y' }), new Uint8Array([65, 66]), new ArrayBuffer(2), new DataView(new ArrayBuffer(1)), form, new URLSearchParams('a=b'), doc]) {
      const xhr = new XMLHttpRequest()
      xhr.open('POST', '/text')
      xhr.send(body)
      results.push(await done(xhr))
    }
    return results`,
  'a body is not read for GET': `${DONE}
    const xhr = new XMLHttpRequest()
    xhr.open('GET', '/text')
    xhr.send({ toString() { t.note('read'); return 'x' } })
    return [await done(xhr), t.log]`,
  'setRequestHeader with every misuse': `
    const xhr = new XMLHttpRequest()
    xhr.open('GET', '/text')
    return [['a b', '1'], ['a', 'x\\ny'], ['a'], [], ['cookie', 'x'], ['x-a', { toString: () => 'text' }], ['', 'x']].map(args => t.attempt(() => xhr.setRequestHeader(...args)))`,
  'response types': `
    t.raceOnTheWire()
    const results = []
    for (const type of ['', 'text', 'json', 'arraybuffer', 'blob', 'document', 'nonsense']) {
      const xhr = new XMLHttpRequest()
      xhr.open('GET', '/text?body={"a":1}')
      xhr.responseType = type
      xhr.send()
      await t.once(xhr, 'loadend')
      results.push([xhr.responseType, t.show(xhr.response), t.attempt(() => xhr.responseText), t.attempt(() => xhr.responseXML), xhr.response === xhr.response])
    }
    return results`,
  'a response type set too late': `
    const xhr = new XMLHttpRequest()
    xhr.open('GET', '/text')
    xhr.send()
    await t.until(() => xhr.readyState >= 3)
    return [t.attempt(() => { xhr.responseType = 'json' }), t.attempt(() => xhr.overrideMimeType('a/b'))]`,
  overrideMimeType: `
    const xhr = new XMLHttpRequest()
    xhr.open('GET', '/text?body=<a>x</a>')
    xhr.overrideMimeType('text/xml; charset=latin1')
    xhr.send()
    await t.once(xhr, 'loadend')
    return [t.show(xhr.responseXML), xhr.responseText, xhr.getResponseHeader('content-type')]`,
  'response headers': `
    const xhr = new XMLHttpRequest()
    const before = [xhr.getAllResponseHeaders(), xhr.getResponseHeader('a')]
    xhr.open('GET', '/text?header=X-B:2&header=X-A:1&header=set-cookie:x=1;max-age=0')
    xhr.send()
    await t.once(xhr, 'loadend')
    return [before, xhr.getAllResponseHeaders().replace(/date.*/, 'date'), xhr.getResponseHeader('x-a'), xhr.getResponseHeader('set-cookie')]`,
  withCredentials: `
    document.cookie = 'mine=1'
    const xhr = new XMLHttpRequest()
    xhr.open('GET', t.other + '/text?cors=credentials')
    xhr.withCredentials = true
    xhr.send()
    const sent = t.attempt(() => { xhr.withCredentials = false })
    await t.once(xhr, 'loadend')
    document.cookie = 'mine=; max-age=0'
    return [sent, xhr.withCredentials, xhr.responseText]`,
  'own properties of an object in use': `
    const xhr = new XMLHttpRequest()
    const keys = () => [Reflect.ownKeys(xhr), xhr.onreadystatechange, xhr.upload.onprogress, xhr.onabort, Object.isExtensible(xhr)]
    const seen = [keys()]
    xhr.open('GET', '/text'); seen.push(keys())
    xhr.send(); seen.push(keys())
    await t.once(xhr, 'loadend')
    seen.push(keys())
    return seen`,
  'a frozen object': `${DONE}
    const xhr = Object.freeze(new XMLHttpRequest())
    xhr.open('GET', '/text')
    xhr.send()
    return done(xhr)`,
  'a subclass with its own methods': `${DONE}
    class Mine extends XMLHttpRequest {
      open(...args) { t.note('open ' + args.length); return super.open(...args) }
      send(body) { t.note('send'); return super.send(body) }
      get timeout() { t.note('timeout'); return super.timeout }
    }
    const xhr = new Mine()
    xhr.open('GET', '/text')
    xhr.send()
    return [await done(xhr), xhr.constructor === Mine, t.log]`,
  'what the calls return': `
    t.raceOnTheWire()
    const xhr = new XMLHttpRequest()
    const record = [xhr.open('GET', '/text'), xhr.setRequestHeader('a', 'b'), xhr.send(), xhr.abort()]
    return record.map(String)`,
  'an object that is dropped while it is sent': `
    const arrived = t.arrived('/text')
    ;(() => { const xhr = new XMLHttpRequest(); xhr.open('GET', '/text'); xhr.send() })()
    await arrived
    return true`,
  'an XHR of another realm, and methods of this one': `
    const frame = document.body.appendChild(document.createElement('iframe'))
    const xhr = new frame.contentWindow.XMLHttpRequest()
    XMLHttpRequest.prototype.open.call(xhr, 'GET', '/text?body=across')
    XMLHttpRequest.prototype.send.call(xhr)
    await t.once(xhr, 'loadend')
    return xhr.responseText`,
  'getters of the prototype replaced': `${DONE}
    for (const key of ['timeout', 'readyState', 'status', 'responseURL', 'upload', 'response']) {
      const { get } = Object.getOwnPropertyDescriptor(XMLHttpRequest.prototype, key)
      Object.defineProperty(XMLHttpRequest.prototype, key, { get() { t.note(key); return get.call(this) } })
    }
    const xhr = new XMLHttpRequest()
    xhr.open('GET', '/text')
    xhr.send()
    await t.once(xhr, 'loadend')
    return t.log`,
}
