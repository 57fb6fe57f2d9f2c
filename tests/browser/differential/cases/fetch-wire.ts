// Test (Node): cases, as text that runs in a page: redirects, CORS, cookies, and what the server gets to see.
import type { CaseSet } from '../case-set.ts'

export const fetchWire: CaseSet = {
  'the plainest request': `await fetch('/text'); return true`,
  'redirects are followed': `
    return t.read(await fetch('/redirect?to=' + encodeURIComponent('/redirect?to=/text')))`,
  'redirects by status change the method': `
    const texts = []
    for (const status of [301, 302, 303, 307, 308]) texts.push(await (await fetch('/redirect?to=/echo&status=' + status, { method: 'POST', body: 'b' })).text())
    return texts`,
  'redirect: manual': `
    const response = await fetch('/redirect', { redirect: 'manual' })
    return [response.headers.get('location'), await t.read(response)]`,
  'redirect: error': `return t.settle(fetch('/redirect', { redirect: 'error' }))`,
  'a redirect without end': `
    return t.settle(fetch('/redirect?to=' + encodeURIComponent('/redirect?to=' + encodeURIComponent('data:,x'))))`,
  'a redirect to another origin': `
    return [await t.settle(fetch('/redirect?to=' + encodeURIComponent(t.other + '/text'))), await t.read(await fetch('/redirect?to=' + encodeURIComponent(t.other + '/text?cors=any')))]`,
  'a redirect back from another origin': `
    return t.settle(fetch(t.other + '/redirect?cors&to=' + encodeURIComponent(location.origin + '/text?cors=any')).then(t.read))`,
  'CORS that is allowed': `return t.read(await fetch(t.other + '/text?cors=any&header=x-hidden:1'))`,
  'CORS that is blocked': `
    const error = await fetch(t.other + '/text').catch(e => e)
    return [t.show(error), Reflect.ownKeys(error).map(String)]`,
  'CORS with exposed headers': `
    return t.read(await fetch(t.other + '/text?cors=any&header=x-shown:1&header=access-control-expose-headers:x-shown'))`,
  'CORS with credentials': `
    return [await t.settle(fetch(t.other + '/text?cors=any', { credentials: 'include' })), await t.read(await fetch(t.other + '/text?cors=credentials', { credentials: 'include' }))]`,
  'a simple request makes no preflight': `
    return t.read(await fetch(t.other + '/echo?cors=any', { method: 'POST', body: 'x' }))`,
  'a header makes a preflight that is allowed': `
    return t.read(await fetch(t.other + '/preflight?cors=any&allow=x-mine', { headers: { 'x-mine': '1' } }))`,
  'a preflight that is refused': `
    return t.settle(fetch(t.other + '/preflight?cors=any', { headers: { 'x-mine': '1' } }))`,
  'a method that needs a preflight': `
    return [await t.settle(fetch(t.other + '/preflight?cors=any&1', { method: 'PUT' }).then(r => r.status)), await t.settle(fetch(t.other + '/preflight?cors=any&2', { method: 'DELETE' }))]`,
  'an opaque response': `
    const response = await fetch(t.other + '/text', { mode: 'no-cors' })
    return [response.body, await t.read(response)]`,
  'no-cors drops headers and refuses methods': `
    await fetch(t.other + '/text', { mode: 'no-cors', headers: { 'x-mine': '1', accept: 'a/b' } })
    return t.settle(fetch(t.other + '/text', { mode: 'no-cors', method: 'PUT' }))`,
  'mode same-origin to another origin': `return t.settle(fetch(t.other + '/text', { mode: 'same-origin' }))`,
  'cookies are sent as credentials say': `
    document.cookie = 'mine=1'
    for (const credentials of ['omit', 'same-origin', 'include']) await fetch('/text?' + credentials, { credentials })
    document.cookie = 'mine=1; max-age=0'
    return document.cookie`,
  'cookies that the server sets': `
    await fetch('/text?header=set-cookie:theirs=2')
    const seen = document.cookie
    await fetch('/text?again')
    document.cookie = 'theirs=; max-age=0'
    return seen`,
  'referrer policies': `
    for (const referrerPolicy of ['no-referrer', 'no-referrer-when-downgrade', 'same-origin', 'origin', 'strict-origin', 'origin-when-cross-origin', 'strict-origin-when-cross-origin', 'unsafe-url', '']) {
      await fetch('/text?' + referrerPolicy, { referrerPolicy })
      await fetch(t.other + '/text?cors=any&' + referrerPolicy, { referrerPolicy })
    }
    return true`,
  'a referrer of its own': `
    await fetch('/text?1', { referrer: '/elsewhere' })
    await fetch('/text?2', { referrer: '' })
    await fetch('/text?3', { referrer: 'about:client' })
    return true`,
  'cache modes': `
    const url = '/text?cache=max-age=60&of=' + 'cache-modes'
    for (const cache of ['reload', 'default', 'force-cache', 'no-cache', 'no-store', 'only-if-cached']) await t.settle(fetch(url, { cache, mode: 'same-origin' }))
    return true`,
  'headers of every form': `
    for (const headers of [{ 'X-A': '1', 'x-b': '2' }, [['X-A', '1'], ['x-a', '2']], new Headers({ 'X-A': '1' })]) await fetch('/text', { headers })
    return true`,
  'a header whose value has a toString': `
    await fetch('/text', { headers: { 'x-mine': { toString() { t.note('toString'); return 'once' } } } })
    return t.log`,
  'headers by a Proxy and by an iterator': `
    await fetch('/text', { headers: t.watched('headers', { 'x-mine': '1' }) })
    await fetch('/text', { headers: { *[Symbol.iterator]() { t.note('iterated'); yield ['x-yielded', '1'] } } })
    return t.log`,
  'priority and fetch metadata': `
    await fetch('/text', { priority: 'high' })
    await fetch(t.other + '/text?cors=any', { priority: 'low' })
    return true`,
  'many at once arrive once each': `
    const texts = await Promise.all(Array.from({ length: 12 }, async (_, i) => (await fetch('/text?body=' + i)).text()))
    return texts`,
  'XHR sends what fetch of us would not change': `
    for (const [method, url, body] of [['GET', '/text'], ['POST', '/echo', 'b'], ['PUT', '/echo', new URLSearchParams({ a: 1 })]]) {
      const xhr = new XMLHttpRequest()
      xhr.open(method, url)
      xhr.setRequestHeader('x-mine', '1')
      xhr.setRequestHeader('x-mine', '2')
      xhr.send(body)
      await t.once(xhr, 'loadend')
    }
    return true`,
  'XHR to another origin makes no preflight of its own': `
    const xhr = new XMLHttpRequest()
    xhr.open('POST', t.other + '/echo?cors=any')
    t.noteEvents(xhr).send('x')
    await t.once(xhr, 'loadend')
    return [xhr.responseText, t.log]`,
  'XHR with listeners on upload makes one': `
    const xhr = new XMLHttpRequest()
    xhr.open('POST', t.other + '/preflight?cors=any')
    t.noteEvents(xhr, true).send('x')
    await t.once(xhr, 'loadend')
    return [xhr.responseText, t.log]`,
}
