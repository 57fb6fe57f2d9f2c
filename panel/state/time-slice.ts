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

/** Does `work` on each item, with a pause for the browser after each slice. */
export async function inSlices<T>(items: Iterable<T>, work: (item: T) => void): Promise<void> {
  let started = performance.now()
  for (const item of items) {
    work(item)
    if (performance.now() - started < SLICE) continue
    await nextTask()
    started = performance.now()
  }
}
