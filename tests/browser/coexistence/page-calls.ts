// Test page: calls of each kind, each made under the eyes of the peer. Runs by `page.evaluate`, so it stands alone.
import './peer.ts'

/** What the calls give, in their order. */
export async function makeCalls(): Promise<string[]> {
  const textOf = async (response: Promise<Response>): Promise<string> => (await response).text()
  const send = (method: string, url: string, body: string): Promise<string> =>
    new Promise(resolve => {
      const xhr = new XMLHttpRequest()
      xhr.open(method, url)
      xhr.onloadend = () => resolve(xhr.responseText)
      xhr.send(body)
    })
  const hang = (): Promise<Response> => {
    const controller = new AbortController()
    // The server answers when it has the request; that the answer is no image tells so, and is no call of ours.
    const arrived = new Image()
    arrived.onerror = () => controller.abort()
    arrived.src = '/control/arrived?count=1&path=/hang'
    return fetch('/hang', { signal: controller.signal })
  }
  const calls: (() => Promise<string>)[] = [
    () => textOf(fetch('/text')),
    () => textOf(fetch(new Request('/echo', { method: 'POST', body: 'posted' }))),
    () => send('PUT', '/echo', 'put'),
    () => textOf(fetch('/reset')),
    () => textOf(hang()),
  ]
  const results: string[] = []
  for (const call of calls) results.push(await window.peer.run(call).catch((error: Error) => error.name))
  return results
}

/** A fetch and an XHR of what MSW mocks. */
export async function callMocked(): Promise<string[]> {
  const fetched = await window.peer.run(async () => (await fetch('/mocked')).text())
  const sent = await window.peer.run(
    () =>
      new Promise<string>(resolve => {
        const xhr = new XMLHttpRequest()
        xhr.open('GET', '/mocked')
        xhr.onloadend = () => resolve(xhr.responseText)
        xhr.send()
      }),
  )
  return [fetched, sent]
}

export const RESULTS = ['hello', 'POST posted', 'PUT put', 'TypeError', 'AbortError']
export const RECORDED = [
  'fetch GET /text ok',
  'fetch POST /echo ok',
  'xhr PUT /echo ok',
  'fetch GET /reset failed',
  'fetch GET /hang cancelled',
]
