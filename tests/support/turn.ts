// Test (Node): turns of the event loop, which fake timers do not stop.

const { setImmediate } = globalThis

/** Resolves after so many turns. */
export async function turn(count = 1): Promise<void> {
  for (let i = 0; i < count; i++) await new Promise<void>(resolve => setImmediate(resolve))
}
