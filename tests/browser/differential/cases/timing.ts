// Test (Node): cases, as text that runs in a page: Resource Timing and its buffer, as the page uses them.
import type { CaseSet } from '../case-set.ts'

const NAMES = `const names = () => performance.getEntriesByType('resource').map(e => e.name.replace(location.origin, '') + ' ' + e.initiatorType)`
const FILL = `const fill = async count => { for (let i = 0; i < count; i += 25) await Promise.all(Array.from({ length: Math.min(25, count - i) }, (_, j) => fetch('/text?' + (i + j)).then(r => r.text()))) }`

export const timing: CaseSet = {
  'entries of a fetch, an XHR and a beacon': `${NAMES}
    await (await fetch('/text?1')).text()
    const xhr = new XMLHttpRequest()
    xhr.open('GET', '/text?2')
    xhr.send()
    await t.once(xhr, 'loadend')
    navigator.sendBeacon('/echo?3')
    await t.arrived('/echo')
    await t.until(() => names().filter(n => !n.startsWith('/control')).length >= 2)
    return [names().filter(n => !n.startsWith('/control') && !n.includes('beacon')), performance.getEntries().map(e => e.entryType).filter(x => !['visibility-state', 'paint', 'back-forward-cache-restoration', 'long-animation-frame'].includes(x)).filter((x, i, all) => all.indexOf(x) === i)]`,
  'marks and measures are those of the page alone': `
    performance.mark('mine')
    await (await fetch('/text')).text()
    await t.task()
    return [performance.getEntriesByType('mark').map(e => e.name), performance.getEntriesByType('measure').map(e => e.name)]`,
  'the buffer holds 250 and says when it is full': `${FILL}
    performance.addEventListener('resourcetimingbufferfull', () => t.note('full at ' + performance.getEntriesByType('resource').length))
    performance.onresourcetimingbufferfull = () => t.note('onfull')
    await fill(275)
    await t.until(() => t.log.length >= 2)
    return [performance.getEntriesByType('resource').length, [...new Set(t.log)]]`,
  'a buffer made larger when it is full': `${FILL}
    performance.setResourceTimingBufferSize(20)
    performance.onresourcetimingbufferfull = () => { t.note('full'); performance.setResourceTimingBufferSize(50) }
    await fill(40)
    await t.until(() => performance.getEntriesByType('resource').length === 40)
    return [...new Set(t.log)]`,
  'a buffer of a size of its own': `${FILL}
    performance.setResourceTimingBufferSize(3)
    performance.onresourcetimingbufferfull = () => t.note('full')
    await fill(5)
    await t.until(() => t.log.length > 0)
    return [[...new Set(t.log)], performance.getEntriesByType('resource').length]`,
  'the buffer cleared': `${NAMES}
    ${FILL}
    await fill(3)
    await t.until(() => names().length === 3)
    performance.clearResourceTimings()
    const cleared = names()
    await (await fetch('/text?later')).text()
    await t.until(() => names().length === 1)
    return [cleared, names()]`,
  'a PerformanceObserver of the page': `
    const seen = []
    const observer = new PerformanceObserver((list, self, options) => { seen.push(...list.getEntries().map(e => e.name.replace(location.origin, '') + ' ' + (self === observer) + ' ' + JSON.stringify(options))) })
    observer.observe({ type: 'resource' })
    await (await fetch('/text?seen')).text()
    await t.until(() => seen.length === 1)
    observer.disconnect()
    return [seen, observer.takeRecords()]`,
  'a buffered PerformanceObserver of the page': `
    await (await fetch('/text?before')).text()
    await t.until(() => performance.getEntriesByType('resource').length === 1)
    const seen = await new Promise(resolve => new PerformanceObserver((list, observer, { droppedEntriesCount }) => resolve([list.getEntriesByName(location.origin + '/text?before').length, droppedEntriesCount])).observe({ type: 'resource', buffered: true }))
    return seen`,
  'the fields of an entry': `
    await (await fetch('/text?fields')).text()
    await t.until(() => performance.getEntriesByType('resource').length === 1)
    const [entry] = performance.getEntriesByType('resource')
    return Object.entries(entry.toJSON()).map(([key, value]) => [key, typeof value === 'number' && value > 0 && !/Size|Status/.test(key) ? 'a time' : value])`,
  'requests that have no entry': `${NAMES}
    await t.settle(fetch('data:,x'))
    await t.settle(fetch('/text', { signal: AbortSignal.abort() }))
    await t.settle(fetch('http://['))
    await (await fetch('/text?last')).text()
    await t.until(() => names().length >= 1)
    return names()`,
  'a stopped entry list: the page overrides getEntriesByType': `
    for (const key of ['getEntries', 'getEntriesByType', 'getEntriesByName', 'now', 'mark', 'measure', 'setResourceTimingBufferSize', 'clearResourceTimings']) {
      const native = Performance.prototype[key]
      Performance.prototype[key] = function () { t.note(key); return native.apply(this, arguments) }
    }
    const list = PerformanceObserverEntryList.prototype, { getEntries } = list
    list.getEntries = function () { t.note('list'); return getEntries.call(this) }
    await (await fetch('/text')).text()
    await new Promise(resolve => setTimeout(resolve, 250))
    return t.log`,
  'getters of PerformanceEntry and PerformanceResourceTiming replaced': `
    for (const C of [PerformanceEntry, PerformanceResourceTiming])
      for (const [key, { get, ...rest }] of Object.entries(Object.getOwnPropertyDescriptors(C.prototype)))
        if (get) Object.defineProperty(C.prototype, key, { ...rest, get() { t.note(key); return get.call(this) } })
    await (await fetch('/text')).text()
    await new Promise(resolve => setTimeout(resolve, 250))
    return t.log`,
}
