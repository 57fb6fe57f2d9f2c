// Test (Node): cases, as text that runs in a page: fetch and AbortSignal.
import type { CaseSet } from '../case-set.ts'

export const fetchAborts: CaseSet = {
  'an already aborted signal rejects at once': `
    const signal = AbortSignal.abort()
    t.turns(4)
    fetch('/text', { signal }).then(() => t.note('fulfilled'), e => t.note('rejected ' + e.name + ' ' + (e === signal.reason)))
    t.turns(4)
    await t.task()
    return t.log`,
  'an already aborted signal with a reason': `
    const reasons = [new Error('mine'), 'text', 0, null, { any: 'thing' }, Symbol.iterator]
    const results = []
    for (const reason of reasons) results.push(await fetch('/text', { signal: AbortSignal.abort(reason) }).catch(e => [e === reason, t.show(e)]))
    return results`,
  'an aborted signal makes no request, and reads its arguments': `
    const init = { get method() { t.note('method'); return 'POST' }, get body() { t.note('body'); return 'b' }, signal: AbortSignal.abort() }
    await fetch('/echo', init).catch(() => {})
    return t.log`,
  'abort before the headers': `
    const controller = new AbortController()
    const pending = fetch('/hang', { signal: controller.signal })
    await t.arrived('/hang')
    controller.abort()
    return [await t.settle(pending), await pending.catch(e => e === controller.signal.reason)]`,
  'abort in the same task': `
    t.raceOnTheWire()
    const controller = new AbortController()
    const pending = fetch('/text', { signal: controller.signal })
    pending.catch(e => t.note('rejected ' + e.name))
    controller.signal.addEventListener('abort', () => t.note('abort event'))
    t.turns(2)
    controller.abort()
    t.note('aborted')
    t.turns(2)
    await t.task()
    return t.log`,
  'abort with a reason, its identity kept': `
    t.raceOnTheWire()
    const reason = { mine: true }
    const controller = new AbortController()
    const pending = fetch('/hang', { signal: controller.signal })
    controller.abort(reason)
    return pending.catch(e => e === reason)`,
  'abort in the middle of the body': `
    const controller = new AbortController()
    const response = await fetch('/endless', { signal: controller.signal })
    const reader = response.body.getReader()
    const first = new TextDecoder().decode((await reader.read()).value)
    const second = reader.read()
    controller.abort(new RangeError('mine'))
    return [first, await t.settle(second), await t.settle(reader.closed), await second.catch(e => e === controller.signal.reason)]`,
  'abort while text() waits': `
    const controller = new AbortController()
    const response = await fetch('/endless', { signal: controller.signal })
    const text = response.text()
    await t.task()
    controller.abort()
    return [await t.settle(text), response.bodyUsed, await text.catch(e => e === controller.signal.reason)]`,
  'abort after the response, before its body is read': `
    const controller = new AbortController()
    const response = await fetch('/endless', { signal: controller.signal })
    controller.abort()
    return [await t.settle(response.text()), response.bodyUsed]`,
  'abort after all is done': `
    const controller = new AbortController()
    const response = await fetch('/text', { signal: controller.signal })
    const text = await response.text()
    controller.abort()
    return [text, controller.signal.aborted]`,
  'abort of a cloned response': `
    const controller = new AbortController()
    const response = await fetch('/endless', { signal: controller.signal })
    const clone = response.clone()
    controller.abort()
    return [await t.settle(response.text()), await t.settle(clone.text())]`,
  'AbortSignal.timeout before the headers': `
    t.raceOnTheWire()
    const signal = AbortSignal.timeout(30)
    const pending = fetch('/hang', { signal })
    return [await t.settle(pending), await pending.catch(e => e === signal.reason)]`,
  'AbortSignal.timeout during the body': `
    t.raceOnTheWire()
    return t.settle(fetch('/endless', { signal: AbortSignal.timeout(1_000) }).then(response => response.text()))`,
  'AbortSignal.any': `
    t.raceOnTheWire()
    const a = new AbortController(), b = new AbortController()
    const signal = AbortSignal.any([a.signal, b.signal])
    const pending = fetch('/hang', { signal })
    b.abort(new Error('b'))
    a.abort(new Error('a'))
    return [await t.settle(pending), signal.reason === b.signal.reason]`,
  'the signal of a Request': `
    t.raceOnTheWire()
    const controller = new AbortController()
    const request = new Request('/hang', { signal: controller.signal })
    const pending = fetch(request)
    controller.abort()
    return [await t.settle(pending), request.signal.aborted, request.signal === controller.signal, await pending.catch(e => e === request.signal.reason)]`,
  'init.signal over the Request, and null to take it away': `
    const controller = new AbortController()
    const request = () => new Request('/text', { signal: controller.signal })
    const requests = [request(), request()]
    controller.abort()
    return [await t.settle(fetch(requests[0], { signal: new AbortController().signal }).then(r => r.text())), await t.settle(fetch(requests[1], { signal: null }).then(r => r.text())), await t.settle(fetch(request()))]`,
  'a subclass of AbortSignal by its prototype': `
    const { signal } = new AbortController()
    Object.setPrototypeOf(signal, { get aborted() { t.note('aborted'); return true } })
    return [await t.settle(fetch('/text', { signal }).then(r => r.status)), t.log]`,
  'a signal shared by many': `
    t.raceOnTheWire()
    const controller = new AbortController()
    const order = []
    const all = ['/hang?1', '/hang?2', '/hang?3'].map(url => fetch(url, { signal: controller.signal }).catch(e => order.push(url + e.name)))
    controller.abort()
    await Promise.all(all)
    return order`,
  'listeners on a signal are those of the page alone': `
    const { signal } = new AbortController()
    const added = []
    const { addEventListener: add } = EventTarget.prototype
    EventTarget.prototype.addEventListener = function (type) { added.push(type); return add.apply(this, arguments) }
    await (await fetch('/text', { signal })).text()
    return [added, signal.onabort]`,
  'abort order against events of the signal': `
    t.raceOnTheWire()
    const controller = new AbortController()
    controller.signal.addEventListener('abort', () => t.note('before'))
    const pending = fetch('/hang', { signal: controller.signal }).catch(() => t.note('rejected'))
    controller.signal.addEventListener('abort', () => { t.note('after'); Promise.resolve().then(() => t.note('after, turn')) })
    controller.signal.onabort = () => t.note('onabort')
    controller.abort()
    t.note('returned')
    await pending
    return t.log`,
  'the server sees the abort': `
    const controller = new AbortController()
    const response = await fetch('/stream?chunks=1000', { signal: controller.signal })
    await response.body.getReader().read()
    controller.abort()
    return t.ended('/stream')`,
}
