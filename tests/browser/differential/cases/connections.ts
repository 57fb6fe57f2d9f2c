// Test (Node): cases, as text that runs in a page: sendBeacon, WebSocket and EventSource.
import type { CaseSet } from '../case-set.ts'

const SOCKET = `
const open = (path, ...more) => {
  const socket = new WebSocket('ws://' + location.host + path, ...more)
  for (const type of ['open', 'message', 'error', 'close']) socket.addEventListener(type, event => t.note(type + ' ' + socket.readyState + ' ' + [event.constructor.name, event.code, event.reason, event.wasClean, t.show(event.data)].join()))
  return socket
}
`
const SOURCE = `
const follow = source => {
  for (const type of ['open', 'message', 'named', 'error']) source.addEventListener(type, event => t.note([type, source.readyState, event.data, event.lastEventId, event.constructor.name].join()))
  return source
}
`

export const connections: CaseSet = {
  'a beacon': `
    const results = [navigator.sendBeacon('/echo', 'text'), navigator.sendBeacon('/echo', new Blob(['b'], { type: 'text/plain' })), navigator.sendBeacon('/echo', new URLSearchParams('a=b')), navigator.sendBeacon('/echo')]
    await t.arrived('/echo', 4)
    return results`,
  'a beacon with misuse': `
    return [t.attempt(() => navigator.sendBeacon()), t.attempt(() => navigator.sendBeacon('http://[')), t.attempt(() => navigator.sendBeacon('ftp://x')), t.attempt(() => navigator.sendBeacon.call({}, '/echo')), t.attempt(() => navigator.sendBeacon(Symbol())), t.attempt(() => Navigator.prototype.sendBeacon('/echo'))]`,
  'a beacon too large': `
    return [navigator.sendBeacon('/echo', 'x'.repeat(70000)), t.attempt(() => navigator.sendBeacon('/echo', new ReadableStream()))]`,
  'a beacon reads its arguments once': `
    const url = { toString() { t.note('url'); return '/echo' } }, data = { toString() { t.note('data'); return 'd' } }
    const sent = navigator.sendBeacon(url, data, { get more() { t.note('more') } })
    await t.arrived('/echo')
    return [sent, t.log]`,
  'a beacon across origins': `
    const sent = navigator.sendBeacon(t.other + '/echo', new Blob(['{}'], { type: 'text/plain' }))
    await t.arrived('/echo')
    return sent`,
  'a socket: text and bytes out and in, and closed': `${SOCKET}
    const socket = open('/ws/echo')
    t.note('state ' + socket.readyState)
    await t.once(socket, 'open')
    socket.binaryType = 'arraybuffer'
    for (const data of ['text ä', new Uint8Array([1, 2]), new ArrayBuffer(3), new Blob(['blob']), 5, null, { toString() { t.note('toString'); return 'own' } }, 'x'.repeat(200)]) {
      t.note('returned ' + socket.send(data))
      await t.once(socket, 'message')
    }
    socket.close(3001, 'mine')
    t.note('state ' + socket.readyState)
    await t.once(socket, 'close')
    return t.log`,
  'a socket that the server closes': `${SOCKET}
    await t.once(open('/ws/close?code=4001&reason=theirs'), 'close')
    await t.once(open('/ws/close?code=1000'), 'close')
    return t.log`,
  'a socket that is refused': `${SOCKET}
    await t.once(open('/ws/refuse'), 'close')
    return t.log`,
  'a socket with protocols': `${SOCKET}
    const socket = open('/ws/echo?protocol=b', ['a', 'b'])
    await t.once(socket, 'open')
    t.note(socket.protocol + ' ' + socket.extensions)
    socket.close()
    await t.once(socket, 'close')
    return t.log`,
  'sockets with misuse': `
    t.raceOnTheWire()
    return [[], ['http://['], ['ftp://x'], ['ws://x#y'], ['ws://x', 'a b'], ['ws://x', ['a', 'a']], [Symbol()], [undefined]].map(args => t.attempt(() => new WebSocket(...args).url)).concat(
      [t.attempt(() => WebSocket.prototype.send.call({}, 'x')), t.attempt(() => WebSocket.prototype.close.call({}))])`,
  'a socket reads its arguments once': `
    const url = { toString() { t.note('url'); return 'ws://' + location.host + '/ws/echo?protocol=p' } }
    const protocols = { [Symbol.iterator]() { t.note('iterator'); return ['p'][Symbol.iterator]() } }
    const socket = new WebSocket(url, protocols)
    await t.once(socket, 'open')
    socket.close()
    return [t.log, socket.protocol]`,
  'sending to a socket that is not open': `
    const socket = new WebSocket('ws://' + location.host + '/ws/echo')
    const early = t.attempt(() => socket.send('x'))
    await t.once(socket, 'open')
    const none = t.attempt(() => socket.send())
    socket.close()
    const late = t.attempt(() => socket.send('xyz'))
    const buffered = socket.bufferedAmount
    await t.once(socket, 'close')
    return [early, none, late, buffered, t.attempt(() => socket.send('x'))]`,
  'closing a socket with misuse': `
    const socket = new WebSocket('ws://' + location.host + '/ws/echo')
    await t.once(socket, 'open')
    const results = [t.attempt(() => socket.close(5)), t.attempt(() => socket.close(3000, 'x'.repeat(200))), t.attempt(() => socket.close(1001))]
    socket.close()
    socket.close()
    await t.once(socket, 'close')
    return results`,
  'a message is seen by the listeners of the page first to last, unchanged': `
    const socket = new WebSocket('ws://' + location.host + '/ws/echo')
    socket.onmessage = event => { t.note('onmessage ' + event.data); Promise.resolve().then(() => t.note('turn')); event.stopImmediatePropagation() }
    socket.addEventListener('message', () => t.note('never'))
    await t.once(socket, 'open')
    socket.send('x')
    await t.until(() => t.log.length >= 2)
    socket.close()
    return [t.log, Reflect.ownKeys(socket), socket.onopen]`,
  'events that the page dispatches itself': `
    t.raceOnTheWire()
    const socket = new WebSocket('ws://' + location.host + '/ws/echo'), source = new EventSource('/events')
    for (const target of [socket, source]) {
      for (const type of ['open', 'message', 'error', 'close']) {
        target.addEventListener(type, event => t.note(type + ' ' + event.constructor.name + ' ' + event.isTrusted), { once: true })
        t.note('returned ' + target.dispatchEvent(new Event(type, { cancelable: true })))
      }
    }
    socket.close(); source.close()
    return t.log`,
  'a socket whose listeners are watched': `
    t.raceOnTheWire()
    const { addEventListener: add } = EventTarget.prototype
    EventTarget.prototype.addEventListener = function (type) { t.note('listen ' + type); return add.apply(this, arguments) }
    const socket = new WebSocket('ws://' + location.host + '/ws/echo'), source = new EventSource('/events')
    socket.close(); source.close()
    return t.log`,
  'events of an EventSource': `${SOURCE}
    const source = follow(new EventSource('/events'))
    t.note('state ' + source.readyState + ' ' + source.url + ' ' + source.withCredentials)
    await t.until(() => t.log.length >= 4)
    t.note('returned ' + source.close())
    return [t.log, source.readyState, Reflect.ownKeys(source)]`,
  'an EventSource that comes again': `${SOURCE}
    const source = follow(new EventSource('/events?once'))
    await t.until(() => source.readyState === 2)
    return t.log`,
  'an EventSource of the wrong type': `${SOURCE}
    const source = follow(new EventSource('/events?type=text/plain'))
    await t.once(source, 'error')
    return [t.log, source.readyState]`,
  'an EventSource that CORS blocks, and one with credentials': `${SOURCE}
    const source = follow(new EventSource(t.other + '/events'))
    await t.once(source, 'error')
    const allowed = follow(new EventSource(t.other + '/events?cors=credentials', { withCredentials: true }))
    await t.until(() => t.log.some(line => line.startsWith('named')))
    allowed.close()
    return [t.log, source.readyState, allowed.withCredentials]`,
  'listeners for messages with names, of all kinds': `
    const sent = ['tick', 'tick', 'error', 'open', 'message', '__proto__', 'undefined', 'last'].map((name, i) => 'event: ' + name + '\\ndata: ' + i + '\\ndata: more\\n\\n').join('')
    class Source extends EventSource {
      constructor(url) { super(url); this.addEventListener('tick', this) }
      handleEvent(event) { t.note(['first', event.type, JSON.stringify(event.data), event.eventPhase, this === event.currentTarget].join()); Promise.resolve().then(() => t.note('turn')) }
    }
    const source = new Source('/events?send=' + encodeURIComponent(sent)), stop = new AbortController(), note = name => event => t.note(name + ' ' + event.type + ' ' + event.data)
    const gone = note('gone'), twice = note('twice')
    source.addEventListener('tick', note('once'), { once: true })
    source.addEventListener('tick', note('capture'), true)
    source.addEventListener('tick', twice); source.addEventListener('tick', twice, false)
    source.addEventListener('tick', gone); source.removeEventListener('tick', gone)
    source.addEventListener('tick', event => { note('signal')(event); stop.abort() }, { signal: stop.signal })
    source.addEventListener('tick', () => { throw new Error('on purpose') })
    source.addEventListener('tick', event => { note('stops')(event); event.stopImmediatePropagation() })
    source.addEventListener('tick', note('never'))
    for (const type of ['open', 'error', 'message']) source['on' + type] = note('on' + type)
    EventTarget.prototype.addEventListener.call(source, '__proto__', note('called'))
    Reflect.apply(source.addEventListener, source, [undefined, note('undefined')])
    source.addEventListener('nobody', null)
    await t.once(source, 'last')
    source.close()
    return [t.log, Reflect.ownKeys(source)]`,
  'listening to an EventSource with misuse': `
    t.raceOnTheWire()
    const source = new EventSource('/events'), { addEventListener: add } = EventTarget.prototype
    const type = { toString() { t.note('type'); return 'named' } }, options = t.watched('options', { once: true })
    source.addEventListener(type, event => t.note('heard ' + event.data), options)
    const attempts = [[], ['a'], ['a', 5], [Symbol(), null], ['a', null, { signal: 5 }], ['a', null, { get once() { throw new RangeError('mine') } }]].map(args => t.attempt(() => source.addEventListener(...args)))
    attempts.push(t.attempt(() => add.call({}, 'a', null)), t.attempt(() => add.call(5)), t.attempt(() => new add()))
    await t.until(() => t.log.some(line => line.startsWith('heard')))
    source.close()
    return [attempts, t.log]`,
  'addEventListener once there is an EventSource': `
    t.raceOnTheWire()
    const { addEventListener: saved } = EventTarget.prototype, shared = () => EventTarget.prototype.addEventListener
    const source = new EventSource('/events'), first = shared()
    new EventSource('/events').close()
    source.close()
    const { value, ...rest } = Object.getOwnPropertyDescriptor(EventTarget.prototype, 'addEventListener')
    return [shared() === saved, shared() === first, source.addEventListener === shared(), window.addEventListener === shared(), value.name, value.length, value.toString(), 'prototype' in value,
      rest, Reflect.ownKeys(EventTarget.prototype).map(String), Reflect.ownKeys(EventSource.prototype).map(String)]`,
  'EventSources with misuse': `
    return [t.attempt(() => new EventSource()), t.attempt(() => new EventSource('http://[')), t.attempt(() => new EventSource(Symbol())), t.attempt(() => EventSource.prototype.close.call({})), t.attempt(() => new EventSource('/events', 5))]`,
  'an EventSource reads its arguments once': `
    const source = new EventSource({ toString() { t.note('url'); return '/events' } }, { get withCredentials() { t.note('credentials'); return false } })
    await t.once(source, 'open')
    source.close()
    source.close()
    return t.log`,
}
