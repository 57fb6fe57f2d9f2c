// Test: XMLHttpRequests, run in the page, and what the export is to say of each.
import type { RequestCase } from './fetch-cases.ts'

export interface XhrCase extends Omit<RequestCase, 'run'> {
  async?: boolean
  timeout?: number
  /** Milliseconds, or when some of the body is there. */
  abortAfter?: number | 'half'
  /** Milliseconds to another `open` of it, which ends what was sent. */
  reopenAfter?: number
  /** Given to `open` beside the URL. */
  user?: string
}

export const XHR_CASES: XhrCase[] = [
  { at: '/ok?xhr', ends: 'ok 200' },
  { at: '/ok?sync', async: false, ends: 'ok 200' },
  { at: '/none?xhr', ends: 'failed 404' },
  { at: '/reset?xhr', ends: 'failed - NetworkError' },
  { at: '/hang?xhr-abort', abortAfter: 60, ends: 'cancelled -' },
  { at: '/half?xhr-abort', abortAfter: 'half', ends: 'cancelled 200' },
  { at: '/hang?reopened', reopenAfter: 60, ends: 'cancelled -' },
  { at: '/broken?xhr', ends: 'failed 200 NetworkError' },
  { at: '/hang?xhr-timeout', timeout: 60, ends: 'failed - TimeoutError' },
  { at: 'data:text/plain,xhr', ends: 'ok 200' },
  { at: '/ok?user-xhr', user: 'bob', ends: 'ok 200' },
]

/** Runs in the page. */
export async function sendXhr({ at, async = true, timeout, abortAfter, reopenAfter, user }: XhrCase): Promise<void> {
  await new Promise<void>(resolve => {
    const xhr = new XMLHttpRequest()
    if (user === undefined) xhr.open('GET', at, async)
    else xhr.open('GET', at, async, user, 'secret')
    if (timeout !== undefined) xhr.timeout = timeout
    xhr.onloadend = () => resolve()
    if (abortAfter === 'half') xhr.onprogress = () => xhr.abort()
    xhr.send()
    if (reopenAfter !== undefined) {
      setTimeout(() => {
        xhr.open('GET', '/ok')
        resolve()
      }, reopenAfter)
    }
    if (typeof abortAfter === 'number') setTimeout(() => xhr.abort(), abortAfter)
  })
}
