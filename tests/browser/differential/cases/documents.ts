// Test (Node): cases, as text that runs in a page: documents of other kinds, and documents that are left.
import type { CaseSet } from '../case-set.ts'

/** A frame with a script, and what that posts. */
const INSIDE = `
const LOOK = 'const look = () => [fetch.name, fetch.length, fetch.toString(), Object.keys(window).includes("fetch"), fetch instanceof Function, WebSocket.prototype.constructor === WebSocket, new XMLHttpRequest().open.name];'
const end = '</' + 'script>'
const posted = frame => new Promise(resolve => addEventListener('message', e => { if (e.source === frame.contentWindow) resolve(e.data) }))
const open = async (prepare) => {
  const frame = document.createElement('iframe')
  const message = posted(frame)
  prepare(frame)
  document.body.append(frame)
  frame.dataset.added = '1'
  return message
}
const tell = url => '<script>' + LOOK + 'fetch(' + JSON.stringify(url) + ').then(async r => parent.postMessage([look(), r.status, r.type, await r.text()], "*"), e => parent.postMessage([look(), e.name, e.message], "*"))' + end
`

export const documents: CaseSet = {
  'a srcdoc frame': `${INSIDE}
    return open(frame => { frame.srcdoc = tell('/text') })`,
  'a blob: frame': `${INSIDE}
    const url = URL.createObjectURL(new Blob([tell(location.origin + '/text')], { type: 'text/html' }))
    return open(frame => { frame.src = url })`,
  'a data: frame': `${INSIDE}
    return open(frame => { frame.src = 'data:text/html,' + encodeURIComponent(tell(location.origin + '/text?cors=any')) })`,
  'a sandboxed frame': `${INSIDE}
    return open(frame => { frame.sandbox = 'allow-scripts'; frame.srcdoc = tell(location.origin + '/text?cors=any') })`,
  'a javascript: frame': `${INSIDE}
    return open(frame => { frame.src = 'javascript:' + JSON.stringify(tell('/text')) })`,
  'an about:blank frame, at once': `${INSIDE}
    const frame = document.body.appendChild(document.createElement('iframe'))
    const { fetch: inner, XMLHttpRequest: Xhr } = frame.contentWindow
    const xhr = new Xhr()
    xhr.open('GET', '/text?xhr')
    xhr.send()
    await t.once(xhr, 'loadend')
    return [inner.name, inner.toString(), await (await inner('/text')).text(), xhr.responseText]`,
  'functions of a frame taken before it has loaded': `${INSIDE}
    const frame = document.createElement('iframe')
    frame.src = '/text?type=text/html'
    document.body.append(frame)
    const inner = frame.contentWindow
    const { fetch: early, WebSocket: Socket } = inner
    const loaded = t.once(frame, 'load')
    early.mine = 1
    await loaded
    return [early.toString(), inner.fetch.mine, await (await early.call(inner, '/text')).text(), inner.fetch === early, inner.WebSocket === Socket]`,
  'a frame whose fetch is replaced before it has loaded': `${INSIDE}
    const frame = document.createElement('iframe')
    frame.src = '/text?type=text/html'
    document.body.append(frame)
    const { fetch: early } = frame.contentWindow
    const loaded = t.once(frame, 'load')
    frame.contentWindow.fetch = function mine(...args) { t.note('mine ' + args.length); return early.apply(this, args) }
    await loaded
    return [frame.contentWindow.fetch.name, await (await frame.contentWindow.fetch('/text')).text(), t.log]`,
  'a document that is written anew': `${INSIDE}
    const frame = document.body.appendChild(document.createElement('iframe'))
    const message = posted(frame)
    const before = frame.contentWindow.fetch
    frame.contentDocument.open()
    frame.contentDocument.write(tell('/text'))
    frame.contentDocument.close()
    return [await message, before === frame.contentWindow.fetch]`,
  'a frame that is removed while it fetches': `
    t.raceOnTheWire()
    const frame = document.body.appendChild(document.createElement('iframe'))
    const { fetch: inner } = frame.contentWindow
    inner('/hang').then(() => t.note('fulfilled'), e => t.note('rejected ' + e.name))
    frame.remove()
    await t.task(); await t.task()
    return t.log`,
  'requests of a frame that is left': `
    const frame = document.createElement('iframe')
    frame.srcdoc = '<script>onpagehide = () => { navigator.sendBeacon("/echo?beacon", "b"); fetch("/echo?keepalive", { method: "POST", body: "k", keepalive: true }) }</' + 'script>'
    const loaded = t.once(frame, 'load')
    document.body.append(frame)
    await loaded
    const left = t.once(frame, 'load')
    frame.removeAttribute('srcdoc')
    frame.src = 'about:blank'
    await left
    await t.arrived('/echo', 2)
    return true`,
  'a worker': `
    const source = 'onmessage = async ({ data }) => { const r = await fetch(data); postMessage([fetch.name, Function.prototype.toString.call(fetch), r.status, await r.text(), Object.getOwnPropertyNames(self).includes("PerformanceMonitor")]) }'
    const worker = new Worker(URL.createObjectURL(new Blob([source])))
    worker.postMessage(location.origin + '/text')
    const { data } = await t.once(worker, 'message')
    worker.terminate()
    return data`,
  'a window that is opened': `
    const opened = window.open('about:blank')
    if (!opened) return 'blocked'
    const text = opened.fetch.toString(), response = await opened.fetch(location.origin + '/text')
    const record = [text, response.status, await response.text()]
    opened.close()
    return record`,
  'custom elements, and a fetch in a constructor': `
    class Mine extends HTMLElement { constructor() { super(); this.got = fetch('/text').then(r => r.text()) } }
    customElements.define('x-mine', Mine)
    return new Mine().got`,
  'a module, strict and with top-level await': `
    const script = document.createElement('script')
    script.type = 'module'
    script.textContent = 'const r = await fetch("/text"); window.moduleGot = [await r.text(), this === undefined]; dispatchEvent(new Event("got"))'
    const got = t.once(window, 'got')
    document.head.append(script)
    await got
    return window.moduleGot`,
}
