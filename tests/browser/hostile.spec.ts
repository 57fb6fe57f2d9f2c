// Test (real Chromium, real DevTools): pages that attack. None can stop the recording of others, break the panel,
// or reach the extension.
import type { SessionFile } from '../../session/format.ts'
import { BROKEN, BUILTINS, FORGED_BATCH, REGISTRY } from './hostile/attacks.ts'
import { expectUnharmed, namesOf, openHostilePage, resultOf } from './hostile/hostile-page.ts'
import { openLate } from './hostile/late.ts'
import { test as testAlone } from './perf-test.ts'
import { expect, exportWhen, type InspectedPage, test } from './shared-tab-test.ts'

/** Waits until what the page itself has tracked is stored: anybody who watched its delivery has seen it by then. */
async function exportWhenOwn(inspected: InspectedPage): Promise<SessionFile> {
  return exportWhen(inspected, session => namesOf(session, 'own').length === 1)
}

test('forged events neither take over the channel nor get hold of it', async ({ inspected, demo }) => {
  const attack = `
    result('')
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => see('forged port')
    for (const type of ['perf:connect', 'perf:ready']) {
      performance.addEventListener(type, event => {
        const port = event.ports?.[0]
        if (!port || port === port2) return
        see('port')
        port.postMessage({ type: 'batch', batch: ${FORGED_BATCH} })
        performance.dispatchEvent(new MessageEvent(event.data, { data: { type: 'batch', batch: ${FORGED_BATCH} } }))
      })
    }
    for (let i = 0; i < 5; i++) {
      performance.dispatchEvent(new MessageEvent('perf:connect', { ports: [port2], data: 'forged' }))
      performance.dispatchEvent(new Event('perf:ready'))
    }
    track('own')`
  await openHostilePage(inspected, demo, attack)
  await expectUnharmed(inspected)
  const session = await exportWhenOwn(inspected)
  expect(await resultOf(inspected)).toBe('')
  expect(namesOf(session, 'own')).toEqual(['own'])
  expect(namesOf(session, 'forged')).toEqual([])
})

test('posted messages and broadcasts are nobody’s', async ({ inspected, demo }) => {
  const attack = `
    const batch = ${FORGED_BATCH}
    const messages = [{ type: 'batch', batch }, { type: 'hello', memoryAvailable: true }, { type: 'stop' }, { type: 'record', on: false }]
    for (const message of messages) {
      for (const target of [window, parent, top]) target.postMessage(message, '*')
      for (const name of ['perf-log', 'perf']) new BroadcastChannel(name).postMessage(message)
    }
    new BroadcastChannel('perf-log').postMessage({ sessionId: '*', change: 'replaced' })
    addEventListener('load', () => { for (const message of messages) frames[0].postMessage(message, '*') })
    track('own').then(() => result(''))`
  await openHostilePage(inspected, demo, attack)
  const session = await expectUnharmed(inspected)
  expect(namesOf(session, 'own')).toEqual(['own'])
  expect(namesOf(session, 'forged')).toEqual([])
})

for (const [what, attack] of Object.entries(BUILTINS)) {
  test(`${what}: the page is recorded all the same`, async ({ inspected, demo }) => {
    const errors: string[] = []
    inspected.page.on('pageerror', error => errors.push(String(error.stack)))
    await openHostilePage(inspected, demo, attack)
    await expectUnharmed(inspected)
    await exportWhenOwn(inspected)
    expect(await resultOf(inspected)).toBe('')
    expect(errors).toEqual([])
  })
}

for (const [what, attack] of Object.entries(BROKEN)) {
  test(`${what}: nobody else is harmed`, async ({ inspected, demo }) => {
    await openHostilePage(inspected, demo, attack)
    await expectUnharmed(inspected)
    expect(await resultOf(inspected)).toBe('')
  })
}

for (const [what, attack] of Object.entries(REGISTRY)) {
  test(`a registry that ${what} has no effect on the recording`, async ({ inspected, demo }) => {
    await openHostilePage(inspected, demo, `${attack}\n;track('own').then(() => result(''))`)
    await expect.poll(() => resultOf(inspected)).toBe('')
    await expectUnharmed(inspected)
    // It is read after what the attack registered, which may take a while.
    await exportWhenOwn(inspected)
  })
}

testAlone('closing DevTools gives back what is not frozen, whatever is', async ({ inspected, demo }) => {
  const attack = `
    Object.freeze(XMLHttpRequest.prototype)
    Object.freeze(Navigator.prototype)
    Object.freeze(window[Symbol.for('perf-devtools.door.1')])
    MessagePort.prototype.close = PerformanceObserver.prototype.disconnect = () => { throw new Error('no') }`
  await openHostilePage(inspected, demo, attack)
  const state = () =>
    inspected.page.evaluate(() => [Function.prototype.toString.call(fetch), typeof window.PerformanceMonitor])
  expect(await state()).toEqual(['function () { [native code] }', 'function'])
  await inspected.frontend.close()
  await expect.poll(state).toEqual(['function fetch() { [native code] }', 'undefined'])
})

testAlone('a page that redefines fetch and XMLHttpRequest keeps its own', async ({ inspected, demo }) => {
  const attack = `
    const own = async () => new Response('own')
    window.fetch = own
    window.XMLHttpRequest = class Own {}
    fetch('/x').then(response => response.text()).then(text => result(text + (fetch === own) + XMLHttpRequest.name))
    track('own')`
  await openHostilePage(inspected, demo, attack)
  await expect.poll(() => resultOf(inspected)).toBe('owntrueOwn')
  expect(namesOf(await expectUnharmed(inspected), 'own')).toEqual(['own'])
  await inspected.frontend.close()
  await expect.poll(() => inspected.page.evaluate(() => typeof window.PerformanceMonitor)).toBe('undefined')
  expect(await inspected.page.evaluate(async () => (await fetch('/x')).text())).toBe('own')
})

testAlone('a page’s own PerformanceMonitor wins', async ({ inspected, demo }) => {
  const attack = `
    </script><script>class PerformanceMonitor { static own = 'class' }</script>
    <script>function MemoryMonitor() {}; MemoryMonitor.own = 'function'; var monitored = 'var'</script>
    <script>document.documentElement.dataset.result = [PerformanceMonitor.own, MemoryMonitor.own, monitored].join()
    </script><script>{`
  await openHostilePage(inspected, demo, attack)
  await expect.poll(() => resultOf(inspected)).toBe('class,function,var')
  await expectUnharmed(inspected)
  await inspected.frontend.close()
  await expect.poll(() => inspected.page.evaluate(() => Function.prototype.toString.call(fetch))).toContain('fetch()')
  expect(await inspected.page.evaluate(() => [typeof window.MemoryMonitor, typeof window.monitored])).toEqual([
    'function',
    'string',
  ])
})

test('a page that waits for the relay before DevTools opens forges its own measurements at most', async ({ demo }) => {
  const attack = `
    performance.addEventListener('perf:connect', event => {
      event.stopImmediatePropagation()
      event.preventDefault()
      const [port] = event.ports
      const send = message => {
        try { port.postMessage(message) } catch {}
        try { performance.dispatchEvent(new MessageEvent(event.data, { data: message })) } catch {}
      }
      send({ type: 'hello', memoryAvailable: true })
      const good = ${FORGED_BATCH}
      for (const batch of [undefined, null, 5, {}, { ...good, memory: 5 }, { ...good, memory: [{ time: 'x' }, null] },
        { ...good, snapshots: [{ label: 5 }] }, { ...good, losses: [{ reason: '<b>', count: 1n }] },
        { ...good, operations: [{ source: -1 }, { source: 0, columns: {} }, null] },
        { ...good, operations: [{ source: 0, columns: { ...good.operations[0].columns, details: [[0, { metadata: 5n }]] } }] },
        { ...good, operations: [{ source: 0, columns: { ...good.operations[0].columns, requests: { methods: [5], urls: [{}], timings: 5 } } }] },
        { ...good, operations: [{ source: 0, columns: { ...good.operations[0].columns, requests: null } }] },
      ]) send({ type: 'batch', batch })
      for (const message of [undefined, null, 5, 'stop', { type: 'hello', memoryAvailable: true }, { type: 'batch' }]) send(message)
    })`
  await openLate(demo, attack, async inspected => {
    const session = await expectUnharmed(inspected)
    expect(session.memory.every(({ usedJSHeapSize }) => Number.isFinite(usedJSHeapSize))).toBe(true)
    await exportWhen(inspected, ({ gaps }) => gaps.some(({ reason }) => reason === 'malformed'))
  })
})

test('a clock that stands still does not hang a page when DevTools opens', async ({ demo }) => {
  await openLate(demo, 'performance.now = () => 5', async inspected => {
    await expectUnharmed(inspected)
    expect(await inspected.page.evaluate(() => 1 + 1)).toBe(2)
  })
})
