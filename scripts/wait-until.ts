// World: Node. Waiting for a condition that nothing announces.

const INTERVAL_MS = 50

/** Asks until the answer is neither undefined nor false; rejects, naming what was awaited, after the timeout (ms). */
export async function waitUntil<T>(
  what: string,
  ask: () => Promise<T | undefined | false> | T | undefined | false,
  timeout = 30_000,
): Promise<T> {
  const deadline = performance.now() + timeout
  for (;;) {
    const answer = await ask()
    if (answer !== undefined && answer !== false) return answer
    if (performance.now() > deadline) throw new Error(`Waited ${timeout / 1000} s in vain for ${what}.`)
    await new Promise(resolve => setTimeout(resolve, INTERVAL_MS))
  }
}
