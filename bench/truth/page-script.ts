// The test page: makes the planned requests, and notes what a page can see of their times by itself.
import type { PlannedRequest } from './request-plan.ts'

/** Milliseconds of the page's clock since its time origin. */
export interface ObservedRequest {
  n: number
  start: number
  /** fetch: the promise's settlement; XHR: `readyState` 2, or the end where there was no response. */
  settled: number
  /** When the body had been read. */
  bodyEnded?: number
}

export interface TruthPage {
  runTruth(requests: PlannedRequest[], concurrency: number): Promise<ObservedRequest[]>
}

const bodyOf = (request: PlannedRequest): string | null => (request.method === 'POST' ? JSON.stringify(request) : null)

async function observeFetch(request: PlannedRequest): Promise<ObservedRequest> {
  const { n, url, method, read, abortAfter } = request
  const init: RequestInit = { method, body: bodyOf(request) }
  if (abortAfter !== undefined) {
    const abort = new AbortController()
    init.signal = abort.signal
    setTimeout(() => abort.abort(), abortAfter)
  }
  const start = performance.now()
  try {
    const response = await fetch(url, init)
    const settled = performance.now()
    if (!read) return { n, start, settled }
    await response.arrayBuffer()
    return { n, start, settled, bodyEnded: performance.now() }
  } catch {
    return { n, start, settled: performance.now() }
  }
}

function observeXhr(request: PlannedRequest): Promise<ObservedRequest> {
  const { n, url, method } = request
  return new Promise(resolve => {
    const xhr = new XMLHttpRequest()
    let settled: number | undefined
    xhr.open(method, url)
    xhr.onreadystatechange = () => {
      if (xhr.readyState >= XMLHttpRequest.HEADERS_RECEIVED) settled ??= performance.now()
    }
    xhr.onloadend = () => {
      const bodyEnded = performance.now()
      resolve({ n, start, settled: settled ?? bodyEnded, ...(xhr.status > 0 ? { bodyEnded } : {}) })
    }
    const start = performance.now()
    xhr.send(bodyOf(request))
  })
}

async function runTruth(requests: PlannedRequest[], concurrency: number): Promise<ObservedRequest[]> {
  const observed: ObservedRequest[] = []
  const left = [...requests]
  const lane = async (): Promise<void> => {
    for (let next = left.shift(); next; next = left.shift()) {
      observed.push(await (next.api === 'xhr' ? observeXhr(next) : observeFetch(next)))
    }
  }
  await Promise.all(Array.from({ length: concurrency }, lane))
  return observed
}

Object.assign(globalThis, { runTruth } satisfies TruthPage)
