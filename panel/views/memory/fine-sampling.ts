// Panel: has the page's heap read at the fine pace for as long as that is wanted.
import { effect } from '@preact/signals'

/** Milliseconds between two requests. Each is good for a few seconds, so a panel that is gone costs the page nothing. */
export const REQUEST_INTERVAL = 1_000

/**
 * Returns a function that stops it.
 * @param isWanted reads signals
 * @param request asks the page for the next samples
 */
export function sampleFinely(isWanted: () => boolean, request: () => void): () => void {
  return effect(() => {
    if (!isWanted()) return
    request()
    const timer = setInterval(request, REQUEST_INTERVAL)
    return () => clearInterval(timer)
  })
}
