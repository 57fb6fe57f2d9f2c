// Test (Node): cases, as text that runs in a page: the order of microtasks, and unhandled rejections.
import type { CaseSet } from '../case-set.ts'

export const fetchOrder: CaseSet = {
  'the promise is a genuine one': `
    t.raceOnTheWire()
    const promise = fetch('/text')
    return [promise.constructor === Promise, Object.getPrototypeOf(promise) === Promise.prototype, Reflect.ownKeys(promise), promise instanceof Promise, promise === Promise.resolve(promise), String(promise), promise !== fetch('/text')]`,
  'a rejection for bad arguments, in microtasks': `
    t.turns(5)
    fetch('http://[').catch(() => t.note('rejected'))
    t.turns(5)
    await t.task()
    return t.log`,
  'a chain on the response, in microtasks': `
    const response = await fetch('/text')
    response.text().then(() => t.note('text'))
    fetch('data:,x').then(() => t.note('data'))
    await t.until(() => t.log.length === 2)
    return t.log.sort()`,
  'two handlers and an await, in microtasks': `
    const pending = fetch('/text')
    pending.then(() => { t.note('first'); t.turns(3) })
    pending.then(() => t.note('second')).then(() => t.note('second, derived'))
    pending.finally(() => t.note('finally')).then(() => t.note('after finally'))
    ;(async () => { await pending; t.note('awaited') })()
    await pending
    await t.task()
    return t.log`,
  'a thenable around it, in microtasks': `
    const outer = new Promise(resolve => resolve(fetch('http://[')))
    outer.catch(() => t.note('outer'))
    t.turns(6)
    await t.task()
    return t.log`,
  'returned from an async function, in microtasks': `
    ;(async () => fetch('http://['))().catch(() => t.note('returned'))
    ;(async () => { return await fetch('http://[') })().catch(() => t.note('awaited'))
    t.turns(6)
    await t.task()
    return t.log`,
  'an aborted one among others, in microtasks': `
    const { promise, resolve } = Promise.withResolvers()
    promise.then(() => t.note('mine'))
    fetch('/text', { signal: AbortSignal.abort() }).catch(() => t.note('fetch'))
    resolve()
    Promise.reject(1).catch(() => t.note('other'))
    await t.task()
    return t.log`,
  'an unhandled rejection is reported': `
    t.raceOnTheWire()
    t.noteRejections()
    fetch('/reset')
    await t.once(window, 'unhandledrejection')
    return t.log`,
  'an unhandled rejection of a misuse is reported': `
    t.noteRejections()
    fetch('http://[')
    await t.once(window, 'unhandledrejection')
    return t.log`,
  'unhandledrejection has the promise and the reason': `
    const promise = fetch('/text', { signal: AbortSignal.abort('mine') })
    const event = await t.once(window, 'unhandledrejection')
    return [event.promise === promise, event.reason, event.cancelable, event.isTrusted]`,
  'a handler that comes late gives rejectionhandled': `
    t.noteRejections()
    const promise = fetch('/reset')
    await t.once(window, 'unhandledrejection')
    await t.task()
    promise.catch(e => t.note('late'))
    await t.once(window, 'rejectionhandled')
    await t.task()
    return t.log`,
  'a handled one tells nothing': `
    t.noteRejections()
    await fetch('/reset').catch(() => t.note('caught'))
    await t.settle(fetch('http://['))
    await t.task(); await t.task()
    return t.log`,
  'a derived promise without a handler tells once': `
    t.raceOnTheWire()
    t.noteRejections()
    fetch('/reset').then(() => {})
    await t.once(window, 'unhandledrejection')
    await t.task(); await t.task()
    return t.log`,
  'unhandledrejection that is prevented': `
    t.raceOnTheWire()
    addEventListener('unhandledrejection', e => { e.preventDefault(); t.note('prevented') })
    fetch('/reset')
    await t.until(() => t.log.length > 0)
    return t.log`,
  'the order of many rejections': `
    addEventListener('unhandledrejection', e => t.note(e.reason.message ?? e.reason))
    fetch('/text', { signal: AbortSignal.abort('first') })
    Promise.reject('second')
    fetch('/text', { signal: AbortSignal.abort('third') })
    fetch.call({}, '/text')
    await t.task(); await t.task()
    return t.log`,
  'onunhandledrejection, and a body that breaks off': `
    onunhandledrejection = e => t.note(e.reason.name + ' ' + e.reason.message)
    ;(await fetch('/truncated')).text()
    await t.until(() => t.log.length > 0)
    return t.log`,
  'XHR leaves microtasks in place': `
    const xhr = new XMLHttpRequest()
    xhr.onreadystatechange = () => { t.note('state ' + xhr.readyState); Promise.resolve().then(() => t.note('turn after ' + xhr.readyState)) }
    t.turns(2)
    xhr.open('GET', '/text')
    xhr.send()
    t.note('sent')
    await t.once(xhr, 'loadend')
    return t.log`,
  'two requests end in their order': `
    const order = []
    await Promise.all(['/steps?a', '/steps?b'].slice(0, 1).map(async u => { const r = await fetch(u); order.push('headers'); for (let i = 0; i < 3; i++) await t.step('/steps'); order.push(await r.text()) }))
    return order`,
  'queueMicrotask, setTimeout and a settled fetch': `
    await fetch('http://[').catch(() => {})
    queueMicrotask(() => t.note('microtask'))
    fetch.call({}).catch(() => t.note('misuse'))
    Promise.resolve().then(() => t.note('then'))
    setTimeout(() => t.note('timeout'))
    await t.task()
    return t.log`,
  'an async iterator over the body': `
    const lengths = []
    let total = 0
    for await (const chunk of (await fetch('/stream?chunks=2')).body) total += chunk.length
    return total`,
}
