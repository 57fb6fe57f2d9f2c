// Test (Node): cases, as text that runs in a page: bodies of requests and responses, and streams.
import type { CaseSet } from '../case-set.ts'

export const fetchBodies: CaseSet = {
  'a string, bytes, a view, a Blob and URLSearchParams up': `
    const texts = []
    for (const body of ['text ä', new Uint8Array([1, 2, 3]).buffer, new Uint8Array([4, 5, 6]).subarray(1), new DataView(new ArrayBuffer(2)), new Blob(['blob'], { type: 'x/y' }), new URLSearchParams({ a: '1', b: ' ' }), 5, null, undefined, {}])
      texts.push(await (await fetch('/echo', { method: 'POST', body })).text())
    return texts`,
  'FormData up': `
    const form = new FormData()
    form.append('field', 'value')
    form.append('file', new File(['content'], 'name.txt', { type: 'text/x' }))
    await fetch('/echo', { method: 'POST', body: form })
    return true`,
  'a content type of its own': `
    await fetch('/echo', { method: 'POST', body: new Blob(['b'], { type: 'a/b' }), headers: { 'content-type': 'c/d' } })
    await fetch('/echo', { method: 'POST', body: 'x', headers: { 'Content-Type': '' } })
    return true`,
  'a stream up without duplex': `
    const body = () => new ReadableStream({ start(c) { c.enqueue(new Uint8Array([65])); c.close() } })
    return [await t.settle(fetch('/echo', { method: 'POST', body: body() })), t.attempt(() => new Request('/echo', { method: 'POST', body: body() }))]`,
  'a stream up with duplex: half over HTTP/1.1': `
    let pulled = 0
    const body = new ReadableStream({ pull(c) { pulled++; if (pulled > 2) c.close(); else c.enqueue(new Uint8Array([65])) } })
    const settled = await t.settle(fetch('/echo', { method: 'POST', body, duplex: 'half' }).then(r => r.text()))
    return [settled, body.locked, pulled]`,
  'a stream up that is used or locked already': `
    const used = new ReadableStream({ start(c) { c.close() } })
    used.getReader()
    return t.settle(fetch('/echo', { method: 'POST', body: used, duplex: 'half' }))`,
  'the stream of a Request stays one': `
    const request = new Request('/echo', { method: 'POST', body: 'x' })
    const { body } = request
    const before = [body === request.body, body.locked, request.bodyUsed]
    const pending = fetch(request)
    return [before, body === request.body, body.locked, request.bodyUsed, await (await pending).text()]`,
  'every way to read a body': `
    const get = async () => fetch('/text?body={"a":1}')
    return [await (await get()).text(), await (await get()).json(), (await (await get()).arrayBuffer()).byteLength, (await (await get()).bytes()).length,
      [(await (await get()).blob()).size, (await (await get()).blob()).type], await t.settle((await get()).formData())]`,
  'a body is read once': `
    const response = await fetch('/text')
    const first = response.text()
    return [await first, response.bodyUsed, response.body.locked, await t.settle(response.json()), t.attempt(() => response.clone())]`,
  'response objects are genuine': `
    const response = await fetch('/text')
    return [response.constructor === Response, Object.getPrototypeOf(response) === Response.prototype, Reflect.ownKeys(response), String(response), response.body.constructor === ReadableStream, Reflect.ownKeys(response.headers), response.headers === response.headers, response.body === response.body]`,
  'response headers, read and guarded': `
    const response = await fetch('/text?header=x-a:1&header=set-cookie:never=seen;max-age=0&header=x-b:2')
    return [[...response.headers].filter(([k]) => k !== 'date'), response.headers.get('X-A'), response.headers.has('set-cookie'), t.attempt(() => response.headers.set('a', 'b'))]`,
  'clone and tee': `
    const response = await fetch('/text?body=twice')
    const clone = response.clone()
    const [a, b] = clone.body.tee()
    return [await response.text(), await new Response(a).text(), await new Response(b).text(), clone.bodyUsed, clone.url === response.url]`,
  'a reader takes chunks as the server gives them': `
    const response = await fetch('/steps')
    const reader = response.body.getReader(), decoder = new TextDecoder(), chunks = []
    for (let step = 0; step < 3; step++) {
      await t.step('/steps')
      chunks.push(decoder.decode((await reader.read()).value))
    }
    return [chunks, (await reader.read()).done]`,
  'a BYOB reader': `
    const reader = (await fetch('/text?body=abcdef')).body.getReader({ mode: 'byob' })
    const first = await reader.read(new Uint8Array(4))
    const second = await reader.read(new Uint8Array(4))
    return [first.value.length, second.value.length, [...first.value, ...second.value]]`,
  'cancel reaches the server': `
    const response = await fetch('/stream?chunks=1000')
    const reader = response.body.getReader()
    await reader.read()
    return [await t.settle(reader.cancel('enough')), await t.ended('/stream'), response.bodyUsed]`,
  'cancel without reading reaches the server': `
    const response = await fetch('/stream?chunks=1000')
    await response.body.cancel()
    return [await t.ended('/stream'), response.bodyUsed, await t.settle(response.text())]`,
  'an unread body holds the server back': `
    const response = await fetch('/stream?chunks=2000')
    const held = await Promise.race([t.ended('/stream'), new Promise(resolve => setTimeout(resolve, 300, 'held back'))])
    let total = 0
    for await (const chunk of response.body) total += chunk.length
    return [held, total, await t.ended('/stream')]`,
  'pipeThrough and pipeTo': `
    const seen = []
    await (await fetch('/text?body=piped')).body.pipeThrough(new TextDecoderStream()).pipeTo(new WritableStream({ write(chunk) { seen.push(chunk) } }))
    return seen`,
  'a stream is transferred': `
    const { body } = await fetch('/text?body=moved')
    const moved = structuredClone(body, { transfer: [body] })
    return [await new Response(moved).text(), body.locked]`,
  'HEAD and statuses without a body': `
    return [await t.read(await fetch('/text', { method: 'HEAD' })), (await fetch('/text?status=204&body=')).body, (await fetch('/text?status=304&body=')).body]`,
  'data: and blob: URLs': `
    const url = URL.createObjectURL(new Blob(['of a blob'], { type: 'text/x' }))
    const results = [await t.read(await fetch('data:text/plain;base64,aGk=')), await t.read(await fetch(url)), await t.settle(fetch('data:nonsense')), await t.settle(fetch(url, { method: 'POST' }))]
    URL.revokeObjectURL(url)
    return [results, await t.settle(fetch(url))]`,
  'ranges of a blob': `
    const url = URL.createObjectURL(new Blob(['0123456789']))
    return t.read(await fetch(url, { headers: { range: 'bytes=2-4' } }))`,
  'WebAssembly.compileStreaming takes the response': `
    const bytes = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])
    const url = URL.createObjectURL(new Blob([bytes], { type: 'application/wasm' }))
    return [String(await WebAssembly.compileStreaming(fetch(url))), await t.settle(WebAssembly.instantiateStreaming(fetch('/text')))]`,
  'a response into caches and back': `
    const response = await fetch('/text?body=cached')
    return t.attempt(() => typeof caches)`,
  'a new Response of a fetched body': `
    const response = await fetch('/text?body=wrapped')
    const wrapped = new Response(response.body, { status: 299, headers: response.headers })
    return [wrapped.status, await wrapped.text(), response.bodyUsed]`,
  keepalive: `
    const response = await fetch('/echo', { method: 'POST', body: 'x', keepalive: true })
    return [await response.text(), await t.settle(fetch('/echo', { method: 'POST', body: 'x'.repeat(70000), keepalive: true }))]`,
  'a body read after it was replaced by the page': `
    const { text } = Response.prototype
    Response.prototype.text = function () { t.note('text'); return text.call(this) }
    Response.prototype.clone = () => { t.note('clone') }
    const { getReader } = ReadableStream.prototype
    ReadableStream.prototype.getReader = function () { t.note('getReader'); return getReader.apply(this, arguments) }
    ReadableStream.prototype.tee = () => { t.note('tee') }
    return [await (await fetch('/text')).text(), t.log]`,
}
