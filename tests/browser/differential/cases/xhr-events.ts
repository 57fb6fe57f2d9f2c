// Test (Node): cases, as text that runs in a page: the events of XMLHttpRequest, their order and their state.
import type { CaseSet } from '../case-set.ts'

/** Opens, notes all events, sends, waits for the end. */
const RUN = `
const run = async (method, url, body, prepare = () => {}) => {
  const xhr = t.noteEvents(new XMLHttpRequest(), true)
  xhr.open(method, url)
  prepare(xhr)
  xhr.send(body)
  t.note('sent ' + xhr.readyState)
  await t.once(xhr, 'loadend')
  return xhr
}
const see = xhr => ({ state: xhr.readyState, status: xhr.status, text: xhr.statusText, url: xhr.responseURL, own: Reflect.ownKeys(xhr),
  response: t.attempt(() => xhr.response), headers: xhr.getAllResponseHeaders().split('\\r\\n').filter(line => !line.startsWith('date')) })
`

export const xhrEvents: CaseSet = {
  GET: `${RUN} return [see(await run('GET', '/text')), t.log]`,
  'POST with a body': `${RUN} return [see(await run('POST', '/echo', 'body')), t.log]`,
  'POST with a large body': `${RUN} const xhr = await run('POST', '/echo', 'x'.repeat(300000)); return [xhr.response.length, t.log]`,
  'a response in steps': `
    const xhr = new XMLHttpRequest()
    const texts = [], states = new Set()
    xhr.onreadystatechange = () => states.add(xhr.readyState)
    xhr.open('GET', '/steps')
    xhr.send()
    for (const length of [7, 14, 21]) {
      await t.step('/steps')
      await t.until(() => xhr.responseText.length === length)
      texts.push(xhr.responseText)
    }
    await t.until(() => xhr.readyState === 4)
    return [texts, [...states]]`,
  'an HTTP error': `${RUN} return [see(await run('GET', '/text?status=500')), t.log]`,
  'a network error': `${RUN} return [see(await run('GET', '/reset')), t.log]`,
  'CORS that is blocked': `${RUN} return [see(await run('GET', t.other + '/text')), t.log]`,
  'a response that breaks off': `${RUN}
    const hangUp = xhr => xhr.addEventListener('progress', () => t.step('/truncated'), { once: true })
    return [see(await run('GET', '/truncated?stepped', null, hangUp)), t.log]`,
  'a timeout': `${RUN}
    t.raceOnTheWire()
    return [see(await run('GET', '/hang', null, xhr => { xhr.timeout = 300 })), t.log]`,
  'a timeout that is set after send': `
    const xhr = t.noteEvents(new XMLHttpRequest())
    xhr.open('GET', '/hang')
    xhr.send()
    await t.arrived('/hang')
    xhr.timeout = 30
    await t.once(xhr, 'loadend')
    return [xhr.timeout, t.log]`,
  redirects: `${RUN} return [see(await run('GET', '/redirect?to=/text')), t.log]`,
  HEAD: `${RUN} return [see(await run('HEAD', '/text')), t.log]`,
  'a status without a body': `${RUN} return [see(await run('GET', '/text?status=204&body=')), t.log]`,
  'data: and blob:': `${RUN}
    const url = URL.createObjectURL(new Blob(['b']))
    return [see(await run('GET', 'data:,x')), see(await run('GET', url)), t.log]`,
  'abort after open': `
    const xhr = t.noteEvents(new XMLHttpRequest())
    xhr.open('GET', '/text')
    xhr.abort()
    t.note('state ' + xhr.readyState)
    await t.task()
    return t.log`,
  'abort of nothing': `
    const xhr = t.noteEvents(new XMLHttpRequest())
    return [t.attempt(() => xhr.abort()), t.attempt(() => XMLHttpRequest.prototype.abort.call({})), xhr.readyState, t.log]`,
  'abort after send': `
    t.raceOnTheWire()
    const xhr = t.noteEvents(new XMLHttpRequest(), true)
    xhr.open('POST', '/hang')
    xhr.send('body')
    xhr.abort()
    t.note('state ' + xhr.readyState)
    await t.task()
    return [xhr.status, t.log]`,
  'abort when the headers are there': `
    const xhr = t.noteEvents(new XMLHttpRequest())
    xhr.open('GET', '/endless')
    xhr.send()
    await t.until(() => xhr.readyState === 3)
    xhr.abort()
    t.note('state ' + xhr.readyState)
    await t.task()
    return [xhr.status, xhr.responseText, [...new Set(t.log)]]`,
  'abort when it is done': `${RUN}
    const xhr = await run('GET', '/text')
    xhr.abort()
    return [xhr.readyState, xhr.status, t.log]`,
  'abort within each state': `
    t.raceOnTheWire()
    const results = []
    for (const state of [1, 2, 3, 4]) {
      const xhr = t.noteEvents(new XMLHttpRequest())
      let aborted = false
      xhr.onreadystatechange = () => { if (xhr.readyState === state) { t.note('aborting'); xhr.onreadystatechange = null; xhr.abort(); t.note('aborted'); aborted = true } }
      xhr.open('GET', '/text?state=' + state)
      const sent = t.attempt(() => xhr.send())
      await t.until(() => aborted && (state > 1 || xhr.readyState === 4))
      await t.task()
      results.push([state, sent, xhr.readyState, xhr.status])
      t.note('---')
    }
    return [results, t.log]`,
  'open again within an event': `
    const xhr = t.noteEvents(new XMLHttpRequest())
    let again = true
    xhr.onload = () => { if (again) { again = false; xhr.open('GET', '/text?body=second'); xhr.send() } }
    xhr.open('GET', '/text?body=first')
    xhr.send()
    await t.until(() => xhr.responseText === 'second' && xhr.readyState === 4)
    await t.task()
    return t.log`,
  'open while it is sent': `
    t.raceOnTheWire()
    const xhr = t.noteEvents(new XMLHttpRequest())
    xhr.open('GET', '/hang')
    xhr.send()
    xhr.open('GET', '/text?body=other')
    xhr.send()
    await t.once(xhr, 'loadend')
    return [xhr.responseText, t.log]`,
  'an object used three times': `${RUN}
    const xhr = await run('GET', '/text?body=1')
    const texts = [xhr.responseText]
    for (const n of [2, 3]) {
      xhr.open('GET', '/text?body=' + n)
      xhr.send()
      await t.once(xhr, 'loadend')
      texts.push(xhr.responseText)
    }
    return [texts, t.log]`,
  'sent twice': `
    t.raceOnTheWire()
    const xhr = t.noteEvents(new XMLHttpRequest())
    xhr.open('GET', '/text')
    xhr.send()
    const again = t.attempt(() => xhr.send())
    await t.once(xhr, 'loadend')
    return [again, t.attempt(() => xhr.send()), t.log]`,
  'handlers by property, in the order of their setting': `
    const xhr = new XMLHttpRequest()
    xhr.addEventListener('load', () => t.note('listener 1'))
    xhr.onload = () => t.note('onload')
    xhr.addEventListener('load', { handleEvent() { t.note('listener 2 ' + (this !== xhr)) } })
    xhr.onreadystatechange = function (event) { t.note(this.readyState + ' ' + event.type + ' ' + (this === xhr) + ' ' + event.isTrusted) }
    xhr.open('GET', '/text')
    xhr.send()
    await t.once(xhr, 'loadend')
    return [t.log, Reflect.ownKeys(xhr), Object.hasOwn(xhr, 'onreadystatechange'), xhr.onreadystatechange.length, xhr.onerror]`,
  'a handler that throws': `
    addEventListener('error', event => t.note('window error ' + event.message))
    const xhr = new XMLHttpRequest()
    xhr.onreadystatechange = () => { throw new RangeError('state ' + xhr.readyState) }
    xhr.open('GET', '/text')
    xhr.send()
    await t.once(xhr, 'loadend')
    return t.log`,
  'events are made as ever': `
    const xhr = new XMLHttpRequest()
    const seen = []
    xhr.onload = event => seen.push(event.constructor.name, event.lengthComputable, event.loaded, event.total, event.bubbles, event.cancelable, event.target === xhr, event.currentTarget === xhr, event.eventPhase)
    xhr.open('GET', '/text?header=content-length:5')
    xhr.send()
    await t.once(xhr, 'loadend')
    return seen`,
  synchronous: `${RUN}
    const xhr = t.noteEvents(new XMLHttpRequest())
    xhr.open('GET', '/text', false)
    xhr.send()
    t.note('returned')
    return [see(xhr), t.log]`,
  'synchronous, and the network fails': `
    const xhr = t.noteEvents(new XMLHttpRequest())
    xhr.open('GET', '/reset', false)
    const sent = t.attempt(() => xhr.send())
    return [sent, xhr.readyState, xhr.status, t.log]`,
  'synchronous, and CORS blocks': `
    const xhr = t.noteEvents(new XMLHttpRequest())
    xhr.open('GET', t.other + '/text', false)
    return [t.attempt(() => xhr.send()), xhr.readyState, t.log]`,
  'synchronous, with a timeout or a response type': `
    const xhr = new XMLHttpRequest()
    xhr.open('GET', '/text', false)
    const results = [t.attempt(() => { xhr.timeout = 5 }), t.attempt(() => { xhr.responseType = 'json' })]
    const typed = new XMLHttpRequest()
    typed.responseType = 'json'
    return [results, t.attempt(() => typed.open('GET', '/text', false))]`,
}
