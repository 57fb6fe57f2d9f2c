// Panel: long work in slices, so that the tab stays responsive.

/** Milliseconds of work at a time: well under a frame. */
export const SLICE = 8

/** Lets the browser do what waits: input, frames, messages. */
export function nextTask(): Promise<void> {
  return new Promise(resolve => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(null)
  })
}

/**
 * Goes through `steps`, with a pause for the browser after each slice.
 * @param onPause called at the end of each pause, in which anything may have come; the work goes on when what it returns
 *   has resolved.
 */
export async function inSlices(steps: Iterable<unknown>, onPause: () => Promise<void> | undefined): Promise<void> {
  let started = performance.now()
  for (const _ of steps) {
    if (performance.now() - started < SLICE) continue
    await nextTask()
    await onPause()
    started = performance.now()
  }
}
