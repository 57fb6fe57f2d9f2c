// Test: XMLHttpRequests, run in the page, and what the export is to say of each.
import type { RequestCase } from './fetch-cases.ts'

export interface XhrCase extends Omit<RequestCase, 'run'> {
  async?: boolean
  timeout?: number
  /** Milliseconds, or when some of the body is there. */
  abortAfter?: number | 'half'
  /** Milliseconds to another `open` of it, which ends what was sent. */
  reopenAfter?: number
  /** The event in which it is aborted. */
  abortIn?: string
  /** The event in which it is opened and sent once more, with this URL in the query. */
  openIn?: string
  /** Given to `open` beside the URL. */
  user?: string
  /** Milliseconds after `send` at which `timeout` is set to that many. */
  lateTimeout?: number
  /** What stands for the URL. */
  as?: 'link' | 'String' | 'location'
}

export const XHR_CASES: XhrCase[] = [
  { at: '/ok?xhr', ends: 'ok 200' },
  { at: '/ok?sync', async: false, ends: 'ok 200' },
  { at: '/none?xhr', ends: 'failed 404' },
  { at: '/reset?xhr', ends: 'failed - NetworkError' },
  { at: '/hang?xhr-abort', abortAfter: 60, ends: 'cancelled -' },
  { at: '/half?xhr-abort', abortAfter: 'half', ends: 'cancelled 200' },
  { at: '/hang?reopened', reopenAfter: 60, ends: 'cancelled -' },
  { at: '/ok?aborted-at-headers', abortIn: 'readystatechange', ends: 'cancelled 200' },
  { at: '/ok?aborted-at-loadstart', abortIn: 'loadstart', ends: 'cancelled -' },
  { at: '/ok?aborted-when-loaded', abortIn: 'load', ends: 'ok 200' },
  { at: '/hang?opened-at-timeout', timeout: 60, openIn: 'timeout', ends: 'failed - TimeoutError,ok 200' },
  { at: '/ok?opened-at-loadstart', openIn: 'loadstart', ends: 'cancelled -,ok 200' },
  { at: '/ok?opened-when-loaded', openIn: 'load', ends: 'ok 200,ok 200' },
  { at: 'ftp://127.0.0.1', ends: 'failed - NetworkError' },
  { at: 'foo:bar', ends: 'failed - NetworkError' },
  { at: 'file:///', ends: 'failed - NetworkError' },
  { at: '/broken?xhr', ends: 'failed 200 NetworkError' },
  { at: '/hang?xhr-timeout', timeout: 60, ends: 'failed - TimeoutError' },
  { at: 'data:text/plain,xhr', ends: 'ok 200' },
  { at: '/ok?user-xhr', user: 'bob', ends: 'ok 200' },
  { at: '/half?xhr-timeout', timeout: 200, ends: 'failed 200 TimeoutError' },
  { at: '/hang?late-timeout', lateTimeout: 100, ends: 'failed - TimeoutError' },
  { at: '/half?late-timeout', lateTimeout: 200, ends: 'failed 200 TimeoutError' },
  { at: '/reset?with-timeout', timeout: 10_000, ends: 'failed - NetworkError' },
  { at: '/ok?link-xhr', as: 'link', ends: 'ok 200' },
  { at: '/ok?boxed-xhr', as: 'String', ends: 'ok 200' },
  { at: '/page?xhr-cases', as: 'location', ends: 'ok 200' },
]

/** Runs in the page. */
export async function sendXhr(each: XhrCase): Promise<void> {
  const { at, async = true, timeout, abortAfter, reopenAfter, user, lateTimeout, as, abortIn, openIn } = each
  const urls = {
    link: () => Object.assign(document.createElement('a'), { href: at }),
    String: () => new String(at),
    location: () => location,
  }
  const url = (as ? urls[as]() : at) as string
  await new Promise<void>(resolve => {
    const xhr = new XMLHttpRequest()
    if (user === undefined) xhr.open('GET', url, async)
    else xhr.open('GET', at, async, user, 'secret')
    if (timeout !== undefined) xhr.timeout = timeout
    xhr.onloadend = () => resolve()
    if (abortIn) {
      xhr.addEventListener(abortIn, () => {
        if (abortIn !== 'readystatechange' || xhr.readyState === xhr.HEADERS_RECEIVED) xhr.abort()
      })
    }
    if (openIn) {
      const again = (): void => {
        xhr.open('GET', `/ok?again=${at}`)
        xhr.timeout = 0
        xhr.send()
      }
      xhr.addEventListener(openIn, again, { once: true })
    }
    if (abortAfter === 'half') xhr.onprogress = () => xhr.abort()
    xhr.send()
    if (lateTimeout !== undefined) {
      setTimeout(() => {
        xhr.timeout = lateTimeout
      }, lateTimeout)
    }
    if (reopenAfter !== undefined) {
      setTimeout(() => {
        xhr.open('GET', '/ok')
        resolve()
      }, reopenAfter)
    }
    if (typeof abortAfter === 'number') setTimeout(() => xhr.abort(), abortAfter)
  })
}
