// Test (real Chromium, real DevTools): what becomes of each kind of request in the exported session.

import type { LocalServer } from '../../demo/local-server.ts'
import type { SessionFile, SessionOperation } from '../../session/format.ts'
import { allSettled, operationsAt, seenByDevtools, serverFixture } from './capture/capture-test.ts'
import { FETCH_CASES } from './capture/fetch-cases.ts'
import { sendXhr, XHR_CASES } from './capture/xhr-cases.ts'
import { schemaErrors } from './session-schema.ts'
import { test as base, expect, exportSession, exportWhen, type InspectedPage, rowsOf } from './shared-tab-test.ts'

const test = base.extend<{ server: LocalServer }>(serverFixture)

/** `ok 200`, `failed - TypeError`, `pending - why`. */
function endOf({ outcome, http, error, endUnknown }: SessionOperation): string {
  return [outcome, http?.status ?? '-', error?.name ?? endUnknown].filter(part => part !== undefined).join(' ')
}

/**
 * Waits until every operation is listed once, with the end that its case has. Then none may have a number that nobody
 * measured. It takes some seconds until it is known that a call made no request.
 */
async function expectEnds(
  inspected: InspectedPage,
  cases: readonly { at: string; ends: string }[],
  operations = cases.length,
): Promise<SessionFile> {
  let session = await exportSession(inspected)
  const found = async (): Promise<string[]> => {
    session = await exportSession(inspected)
    return cases.map(({ at, ends }) => {
      // Calls of one moment are listed in either order.
      const ended = operationsAt(session, at).map(endOf).sort()
      // Of a reason only a part is given.
      return ends.startsWith('pending') && ended[0]?.includes(ends.slice(10)) ? `${at}: ${ends}` : `${at}: ${ended}`
    })
  }
  await expect.poll(found, { timeout: 20_000 }).toEqual(cases.map(({ at, ends }) => `${at}: ${ends}`))
  expect(schemaErrors(session)).toEqual([])
  for (const { outcome, duration, http } of session.operations) {
    expect(duration === undefined).toBe(outcome === 'pending')
    if (http?.headersDuration !== undefined) expect(http.headersDuration).toBeLessThanOrEqual(duration as number)
  }
  expect(session.operations).toHaveLength(operations)
  return session
}

test('each fetch ends as the page saw it', async ({ inspected, server }) => {
  const { page } = inspected
  await page.goto(`${server.url}/page?cases`)
  const urls = { other: server.otherOrigin }
  for (const { run } of FETCH_CASES) {
    await page.evaluate(`(${run})(${JSON.stringify(urls)}).then(() => {}, () => {})`)
  }
  await expectEnds(inspected, FETCH_CASES)
  const session = await exportWhen(inspected, found => seenByDevtools(found).length >= 3)
  // The hops of redirects and the preflights are no operations, and preflights are listed as such.
  expect(seenByDevtools(session)).toEqual(
    expect.arrayContaining(['document /page?cases', 'preflight /cors?preflighted', 'preflight /ok?preflight-refused']),
  )
  expect(seenByDevtools(session)).toHaveLength(3)
  for (const { at, method } of FETCH_CASES) {
    if (method) expect(operationsAt(session, at)[0]?.http?.method, at).toBe(method)
  }
  // What the page got, and beside it what came over the network.
  expect(operationsAt(session, '/etag').map(({ http }) => http?.devtools?.status)).toEqual([200, 304])
  const [aborted] = operationsAt(session, '/hang?aborted')
  expect(aborted?.duration).toBeGreaterThanOrEqual(59)
  expect(aborted?.duration).toBeLessThan(2_000)
})

test('each XMLHttpRequest ends as the page saw it', async ({ inspected, server }) => {
  const { page } = inspected
  await page.goto(`${server.url}/page?xhr-cases`)
  for (const each of XHR_CASES) await page.evaluate(sendXhr, each)
  const reopened = XHR_CASES.filter(({ openIn }) => openIn)
  const session = await expectEnds(inspected, XHR_CASES, XHR_CASES.length + reopened.length)
  expect(session.operations.every(({ kind }) => kind === 'xhr')).toBe(true)
  // They received headers, and nothing more before their timeout.
  for (const { duration, http } of operationsAt(session, '/half').filter(({ error }) => error?.code === 'timeout')) {
    expect(duration).toBeGreaterThanOrEqual(195)
    expect(http?.bodyEndUnknown).toBeUndefined()
  }
  // Its timing entry is named with the user that `open` was given.
  expect(operationsAt(session, '/ok?user-xhr')[0]?.http?.endSource).toBe('resource-timing')
})

test('requests of every kind of frame are operations of that frame', async ({ inspected, server }) => {
  const { page } = inspected
  await page.goto(`${server.url}/page`)
  await page.evaluate(
    async ([origin, other]) => {
      const script = (name: string): string =>
        `<script>fetch('${other}/cors?${name}').then(response => response.text())</script>`
      const add = async (how: (frame: HTMLIFrameElement) => void): Promise<HTMLIFrameElement> => {
        const frame = document.createElement('iframe')
        how(frame)
        await new Promise(resolve => {
          frame.onload = resolve
          document.body.append(frame)
        })
        return frame
      }
      const call = (frame: HTMLIFrameElement, name: string): void =>
        void (frame.contentWindow as Window & typeof globalThis).fetch(`${origin}/ok?${name}`)
      call(await add(frame => Object.assign(frame, { src: '/page' })), 'same-origin')
      call(await add(frame => Object.assign(frame, { src: 'about:blank' })), 'about-blank')
      await add(frame => Object.assign(frame, { srcdoc: script('srcdoc') }))
      await add(frame => {
        frame.sandbox.add('allow-scripts')
        frame.srcdoc = script('sandboxed')
      })
      await add(frame => Object.assign(frame, { src: `${other}/page` }))
    },
    [server.url, server.otherOrigin] as const,
  )
  const other = page.frames().find(frame => frame.url().startsWith(server.otherOrigin))
  await other?.evaluate(() => fetch('/ok?cross-origin'))
  const names = ['same-origin', 'about-blank', 'srcdoc', 'sandboxed', 'cross-origin']
  const session = await exportWhen(inspected, found => found.operations.length >= names.length && allSettled(found))
  const found = names.map(name => operationsAt(session, `?${name}`))
  expect(found.map(operations => operations.map(({ outcome }) => outcome))).toEqual(names.map(() => ['ok']))
  const frameIds = found.flat().map(({ frameId }) => frameId)
  expect(new Set(frameIds).size).toBe(names.length)
  expect(frameIds).not.toContain(0)
})

test('an XMLHttpRequest that blocks the page says so, whatever it was opened with', async ({ inspected, server }) => {
  const { page } = inspected
  await page.goto(`${server.url}/page`)
  await page.evaluate(() => {
    const send = (...args: unknown[]): void => {
      const xhr = new XMLHttpRequest()
      Reflect.apply(xhr.open, xhr, ['GET', ...args])
      xhr.send()
    }
    for (const [i, falsy] of [false, 0, undefined, ''].entries()) send(`/ok?blocks-${i}`, falsy)
    for (const [i, truthy] of [true, 1, {}].entries()) send(`/ok?async-${i}`, truthy)
    send('/ok?async-3')
  })
  const session = await exportWhen(inspected, found => found.operations.length === 8 && allSettled(found))
  expect(schemaErrors(session)).toEqual([])
  for (let i = 0; i < 4; i++) {
    expect(operationsAt(session, `/ok?blocks-${i}`).map(({ http }) => http?.async)).toEqual([false])
    expect(operationsAt(session, `/ok?async-${i}`).map(({ http }) => http?.async)).toEqual([undefined])
  }
})

test('lists what only DevTools sees as such: workers, images, navigations', async ({ inspected, server }) => {
  const { page } = inspected
  await page.goto(`${server.url}/page`)
  await page.evaluate(async () => {
    const worker = new Worker('/worker.js')
    const answered = new Promise(resolve => worker.addEventListener('message', resolve))
    worker.postMessage('go')
    await answered
    await navigator.serviceWorker.register('/service-worker.js')
    const { active } = await navigator.serviceWorker.ready
    const served = new Promise(resolve => navigator.serviceWorker.addEventListener('message', resolve))
    navigator.serviceWorker.startMessages()
    active?.postMessage('go')
    await served
    const image = new Image()
    image.src = '/pixel?image'
    await image.decode()
    await fetch('/ok?page')
    navigator.sendBeacon('/ok?beacon', 'abc')
  })
  const wanted = [
    'document /page',
    'script /worker.js',
    'fetch /ok?from=worker',
    'fetch /ok?from=service-worker',
    'image /pixel?image',
  ]
  const session = await exportWhen(
    inspected,
    found =>
      found.operations.length === 2 && allSettled(found) && wanted.every(each => seenByDevtools(found).includes(each)),
  )
  expect(schemaErrors(session)).toEqual([])
  expect(session.operations.map(({ kind, outcome }) => `${kind} ${outcome}`).sort()).toEqual(['beacon ok', 'fetch ok'])
  expect(session.operations.every(({ http }) => http?.devtools !== undefined)).toBe(true)

  const { panel } = inspected
  await inspected.frontend.setViewportSize({ width: 1_600, height: 1_400 })
  await expect(rowsOf(panel)).toHaveCount(2)
  await panel.getByRole('button', { name: 'Other', exact: true }).click()
  // Beacons are of this kind too.
  const shown = session.networkRequests.length + 1
  await expect(rowsOf(panel)).toHaveCount(shown)
  const image = rowsOf(panel).filter({ hasText: 'GET /pixel' })
  for (const text of ['GET /pixel', 'image', '200', 'ok']) {
    await expect(image.getByRole('gridcell', { name: text, exact: true })).toBeVisible()
  }
  await expect(panel.locator('.status-bar')).toContainText(`1 / 2 operations · ${shown - 1} other requests`)
  await image.click()
  await expect(panel.getByRole('complementary', { name: 'Details' })).toContainText('Source: DevTools')
  await panel.getByRole('tab', { name: 'Timeline' }).click()
  const timeline = panel.getByRole('treegrid', { name: 'Timeline' })
  await expect(timeline).toHaveAttribute('aria-rowcount', String(shown + 1))
  await panel.getByRole('tab', { name: 'Operations' }).click()
  await panel.getByRole('checkbox', { name: 'Group by name' }).check()
  const groups = panel.getByRole('grid', { name: 'Operations by name' })
  await expect(groups).toContainText('GET /worker.js')
  await panel.getByRole('button', { name: 'All', exact: true }).click()
  await panel.getByRole('combobox', { name: 'Filter' }).fill('kind:other name="GET /worker.js"')
  await expect(groups.getByRole('gridcell', { name: 'GET /worker.js' })).toBeVisible()
  await expect(groups).toHaveAttribute('aria-rowcount', '2')
  await panel.getByRole('combobox', { name: 'Filter' }).fill('')
  await expect(groups).not.toContainText('GET /worker.js')
})

test('a WebSocket and an EventSource are listed with what went over them', async ({ inspected, server }) => {
  const { page } = inspected
  await page.goto(`${server.url}/page`)
  await page.evaluate(async other => {
    const url = `${location.origin.replace('http', 'ws')}/ws/echo`
    // As React's StrictMode does.
    new WebSocket(`${url}?at-once`).close()
    new EventSource('/events?never-opened').close()
    const retried = new EventSource('/reset?retried')
    await new Promise<void>(resolve => retried.addEventListener('error', () => resolve(retried.close())))
    const policy = document.createElement('meta')
    policy.httpEquiv = 'content-security-policy'
    policy.content = `connect-src ${location.origin} ${url}`
    document.head.append(policy)
    const blocked = new WebSocket(`${other.replace('http', 'ws')}/ws/echo?blocked`)
    await new Promise(resolve => blocked.addEventListener('error', resolve))
    const refused = new EventSource('/none?refused')
    await new Promise<void>(resolve => refused.addEventListener('error', () => resolve(refused.close())))
    const socket = new WebSocket(`${url}?echo`)
    await new Promise(resolve => socket.addEventListener('open', resolve))
    socket.send('four')
    socket.send(new Uint8Array(10))
    // Sent as text: what its `toString` returns, a lone surrogate as U+FFFD, and nothing.
    for (const value of [{ toString: () => 'as text' }, '\uD800', new Blob(['blob']), '']) socket.send(value as string)
    let left = 6
    await new Promise<void>(resolve => socket.addEventListener('message', () => --left === 0 && resolve()))
    const closed = new Promise(resolve => socket.addEventListener('close', resolve))
    socket.close(3001)
    // Neither is sent.
    socket.send('while closing')
    await closed
    socket.send('when closed')
    const events = new EventSource('/events?source')
    left = 2
    await new Promise<void>(resolve => events.addEventListener('message', () => --left === 0 && resolve()))
    events.close()
  }, server.otherOrigin)
  const session = await exportWhen(
    inspected,
    found =>
      found.operations.length === 7 &&
      found.operations.every(({ outcome }) => outcome !== 'pending') &&
      ['?echo', '?source'].every(at => operationsAt(found, at)[0]?.connection?.devtools !== undefined),
  )
  expect(schemaErrors(session)).toEqual([])
  const [socket, events] = [operationsAt(session, '?echo')[0], operationsAt(session, '?source')[0]]
  expect(socket).toMatchObject({
    kind: 'websocket',
    connection: { messagesIn: 6, bytesIn: 28, messagesOut: 6, bytesOut: 28, closeCode: 3001 },
  })
  expect(events).toMatchObject({
    kind: 'eventsource',
    outcome: 'ok',
    connection: { messagesIn: 2, bytesIn: 8, messagesOut: 0, bytesOut: 0 },
  })
  for (const { connection, duration } of [socket, events].filter(found => found !== undefined)) {
    expect(connection?.openDuration).toBeLessThanOrEqual(duration as number)
  }
  const outcomes = ['?at-once', '?never-opened', '?retried', '?blocked', '?refused'].map(at =>
    operationsAt(session, at).map(({ outcome }) => outcome),
  )
  expect(outcomes).toEqual([['cancelled'], ['cancelled'], ['failed'], ['failed'], ['failed']])
})

test('messages of an EventSource with names are counted, however the page listens', async ({ inspected, server }) => {
  const { page } = inspected
  await page.goto(`${server.url}/page`)
  await page.evaluate(async () => {
    class Ticks extends EventSource {
      constructor(url: string) {
        super(url)
        this.addEventListener('tick', this as unknown as EventListenerObject)
      }
      handleEvent(event: Event): void {
        event.stopImmediatePropagation()
      }
    }
    const nothing = (): void => {}
    const last = (source: EventSource): Promise<void> =>
      new Promise(resolve => source.addEventListener('message', () => resolve(source.close())))
    const first = new EventSource('/named-events?exactly-five')
    let ticks = 0
    await new Promise<void>(resolve => {
      first.addEventListener('tick', () => ++ticks === 5 && resolve(first.close()))
    })
    const ways: Record<string, (source: EventSource) => void> = {
      none() {},
      handlers(source) {
        source.onmessage = source.onerror = source.onopen = nothing
        source.addEventListener('lines', nothing)
      },
      once: source => source.addEventListener('tick', nothing, { once: true, capture: true }),
      removed(source) {
        source.addEventListener('tick', nothing)
        source.addEventListener('lines', nothing, { signal: AbortSignal.abort() })
        source.removeEventListener('tick', nothing)
      },
      called(source) {
        for (const type of ['tick', 'tick', 'lines', 'error']) {
          EventTarget.prototype.addEventListener.call(source, type, nothing)
        }
      },
    }
    const ends = Object.entries(ways).map(([way, listen]) => {
      const source = new EventSource(`/named-events?${way}`)
      listen(source)
      return last(source)
    })
    await Promise.all([...ends, last(new Ticks('/named-events?subclass'))])
  })
  const counted = (session: SessionFile): Record<string, number[]> =>
    Object.fromEntries(
      operationsAt(session, '/named-events').map(({ connection }) => [
        connection?.url.split('?')[1] ?? '',
        [connection?.messagesIn ?? 0, connection?.bytesIn ?? 0],
      ]),
    )
  // What is counted last is sent with the end.
  const session = await exportWhen(inspected, found => {
    const all = operationsAt(found, '/named-events')
    return all.length === 7 && all.every(({ outcome }) => outcome !== 'pending')
  })
  // The browser gives messages named `unheard` to nobody.
  const [other, ticks, lines] = [18, 500, 4]
  expect(counted(session)).toEqual({
    'exactly-five': [5, ticks],
    none: [3, other],
    handlers: [4, other + lines],
    once: [8, other + ticks],
    removed: [9, other + ticks + lines],
    called: [9, other + ticks + lines],
    subclass: [8, other + ticks],
  })
})

test('a call that a preload has answered is ok', async ({ inspected, server }) => {
  const { page } = inspected
  await page.goto(`${server.url}/preloads`)
  const answers = ['/ok?by-link', '/ok?by-header', '/slow?by-header']
  await page.evaluate(urls => Promise.all(urls.map(url => fetch(url).then(response => response.text()))), answers)
  await page.evaluate(() => fetch('/ok?no-preload').then(response => response.text()))
  const session = await exportWhen(
    inspected,
    found => found.operations.length === 4 && allSettled(found) && seenByDevtools(found).length > 0,
  )
  expect(schemaErrors(session)).toEqual([])
  for (const at of answers) {
    const found = operationsAt(session, at)
    expect(found.map(endOf), at).toEqual(['ok 200'])
    expect(found[0]?.http?.preloaded, at).toBe(true)
  }
  expect(operationsAt(session, '/ok?no-preload')[0]?.http?.preloaded).toBeUndefined()
  // It waited for the response, which the others had.
  const waited = operationsAt(session, '/slow?by-header')[0]?.duration
  expect(waited).toBeGreaterThan(100)
  expect(operationsAt(session, '/ok?by-link')[0]?.duration).toBeLessThan(waited as number)
  expect(seenByDevtools(session)).toEqual(['document /preloads'])
})

test('a query is listed as it was sent from a page in another encoding', async ({ inspected, server }) => {
  const { page } = inspected
  await page.goto(`${server.url}/latin1`)
  await page.evaluate(async () => {
    await (await fetch('/ok?fetch=é')).text()
    const xhr = new XMLHttpRequest()
    xhr.open('GET', '/ok?xhr=é')
    xhr.send()
    await new Promise(resolve => xhr.addEventListener('loadend', resolve))
    navigator.sendBeacon('ok?beacon=\u00fc')
  })
  const session = await exportWhen(
    inspected,
    found => found.operations.length === 3 && allSettled(found) && seenByDevtools(found).length > 0,
  )
  expect(session.operations.map(({ kind, outcome, http }) => [kind, outcome, new URL(http?.url ?? '').search])).toEqual(
    [
      ['fetch', 'ok', '?fetch=%C3%A9'],
      ['xhr', 'ok', '?xhr=%E9'],
      ['beacon', 'ok', '?beacon=%FC'],
    ],
  )
  expect(seenByDevtools(session)).toEqual(['document /latin1'])
})

test('a duration ends with the body, and a stream is open from its headers on', async ({ inspected, server }) => {
  const { page } = inspected
  await page.goto(`${server.url}/page`)
  const bodies = ['/late-body?own', `${server.otherOrigin}/late-body?other`]
  await page.evaluate(async urls => {
    Object.assign(window, { kept: [await fetch('/large?unread'), await fetch('/events?by-fetch')] })
    await Promise.all(urls.map(async url => (await fetch(url)).text()))
    const xhr = new XMLHttpRequest()
    xhr.open('GET', '/late-body?xhr')
    xhr.send()
    await new Promise(resolve => xhr.addEventListener('loadend', resolve))
  }, bodies)
  const session = await exportWhen(inspected, found => {
    const known = found.operations.filter(({ http }) => http?.headersDuration !== undefined)
    const late = operationsAt(found, '/late-body')
    return (
      known.length === 5 &&
      operationsAt(found, '/events').every(({ kind }) => kind === 'stream') &&
      // Until the browser has reported the end of a body, it is not known.
      late.every(({ http }) => !http?.bodyEndUnknown)
    )
  })
  expect(schemaErrors(session)).toEqual([])
  for (const at of ['own', 'other', 'xhr']) {
    const [found] = operationsAt(session, `/late-body?${at}`)
    expect(found?.duration, at).toBeGreaterThan(495)
    expect(found?.http?.headersDuration, at).toBeLessThan(found?.duration as number)
    expect(found?.http?.bodyEndUnknown, at).toBeUndefined()
  }
  const [unread] = operationsAt(session, '/large')
  expect([unread?.kind, unread?.outcome, unread?.http?.bodyEndUnknown]).toEqual(['fetch', 'ok', true])
  const [stream] = operationsAt(session, '/events')
  expect([stream?.outcome, stream?.duration, stream?.endUnknown]).toEqual(['pending', undefined, undefined])
  await page.goto(`${server.url}/page?next`)
  const left = await exportWhen(inspected, found =>
    operationsAt(found, '/events').some(({ outcome }) => outcome !== 'pending'),
  )
  expect(operationsAt(left, '/events')[0]).toMatchObject({ kind: 'stream', outcome: 'cancelled' })
})

test('a request that runs has its initiator', async ({ inspected, server }) => {
  const { page } = inspected
  await page.goto(`${server.url}/page`)
  await page.addScriptTag({
    content: `
      function buyNow(at) { void fetch(at) }
      function sayGoodbye(at) { navigator.sendBeacon(at) }
      function listen(at) { window.source = new EventSource(at) }
      //# sourceURL=https://page.example/app.js`,
  })
  const calls = [
    `buyNow('/hang?one')`,
    `buyNow('/hang?two')`,
    `buyNow('/hang?two')`,
    `sayGoodbye('/hang?beacon')`,
    `listen('/hang?events')`,
  ]
  for (const call of calls) await page.evaluate(call)
  const seenOf = ({ http, connection }: SessionOperation) => (http ?? connection)?.devtools
  const session = await exportWhen(
    inspected,
    found =>
      found.operations.length === calls.length &&
      found.operations.every(operation => seenOf(operation)) &&
      seenByDevtools(found).length > 0,
  )
  expect(schemaErrors(session)).toEqual([])
  for (const { outcome, endUnknown } of session.operations)
    expect([outcome, endUnknown]).toEqual(['pending', undefined])
  const stacks = session.operations.map(operation => seenOf(operation)?.initiator?.stack?.[0])
  const named = (name: string) => expect.stringContaining(`${name} https://page.example/app.js`)
  // Chromium makes the request of an EventSource in a task of its own, which nothing of the page has called.
  expect(stacks).toEqual([...Array(3).fill(named('buyNow')), named('sayGoodbye'), undefined])
  expect(seenOf(session.operations[4] as SessionOperation)).toMatchObject({
    initiator: { type: 'other' },
    unfinished: true,
  })
  expect(seenByDevtools(session)).toEqual(['document /page'])
})

test('what never ends is running, and cancelled when its page is left', async ({ inspected, server }) => {
  const { page } = inspected
  await page.goto(`${server.url}/page`)
  await page.evaluate(() => {
    void fetch('/hang?left').catch(() => undefined)
    const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/ws/echo?left`)
    const source = new EventSource('/events?left')
    // As many pages do.
    source.addEventListener('error', () => source.close())
    return Promise.all([socket, source].map(target => new Promise(resolve => target.addEventListener('open', resolve))))
  })
  const before = await exportWhen(inspected, ({ operations }) => operations.length === 3)
  for (const { outcome, duration, endUnknown } of before.operations) {
    expect({ outcome, duration, endUnknown }).toEqual({ outcome: 'pending' })
  }
  await page.goto(`${server.url}/page?next`)
  const after = await exportWhen(inspected, allSettled)
  expect(schemaErrors(after)).toEqual([])
  expect(after.operations.map(({ outcome, error }) => `${outcome}: ${error?.code}`)).toEqual(
    Array(3).fill('cancelled: navigated-away'),
  )
  const [{ timeOrigin = 0 } = {}] = after.documents
  for (const { startTime, endTime = 0 } of after.operations) {
    expect(startTime).toBeGreaterThan(timeOrigin)
    expect(endTime).toBeGreaterThan(startTime)
  }
})

test('the call stack is recorded if the user asks for it, with the frames of the page alone and without secrets', async ({
  inspected,
  server,
}) => {
  const { page, panel, frontend } = inspected
  const content = `function buyNow(at) { return fetch(at).then(response => response.text()) }
    //# sourceURL=https://page.example/app.js?token=s3cret`
  await frontend.setViewportSize({ width: 1_200, height: 800 })
  await page.goto(`${server.url}/page`)
  await page.addScriptTag({ content })
  const stackOf = async (at: string) => {
    await page.evaluate(`buyNow(${JSON.stringify(at)})`)
    const session = await exportWhen(inspected, session => operationsAt(session, at).length > 0)
    return operationsAt(session, at).at(-1)?.http?.stack
  }
  expect(await stackOf('/ok?off')).toBeUndefined()

  const want = async (on: boolean) => {
    await panel.getByRole('button', { name: 'Settings' }).click()
    await panel.getByRole('checkbox', { name: /call stack/ }).setChecked(on)
    await frontend.keyboard.press('Escape')
  }
  await want(true)
  // The page hears of it through the background.
  await expect
    .poll(() => stackOf('/ok?on').then(frames => frames?.[0]))
    .toMatch(/^at buyNow \(https:\/\/page\.example\/app\.js\?token=REDACTED:1:\d+\)$/)
  expect((await stackOf('/ok?on'))?.join()).not.toContain('-extension:')
  expect(
    await page.evaluate(async () => {
      let asked = 0
      Error.prepareStackTrace = () => ++asked
      await fetch('/ok?prepared')
      Reflect.deleteProperty(Error, 'prepareStackTrace')
      return asked
    }),
  ).toBe(0)

  // A page that comes then has it from its start, or some milliseconds later.
  await page.reload()
  await page.addScriptTag({ content })
  await expect.poll(() => stackOf('/ok?reloaded').then(frames => frames?.[0])).toMatch(/^at buyNow/)
  await want(false)
  await expect.poll(() => stackOf('/ok?off-again')).toBeUndefined()
  expect(schemaErrors(await exportSession(inspected))).toEqual([])
})
