// Page. The loop is part of every variant's bundle, so each compiles it with only its own callee.

/** Runs one operation the variant's way; `index` is for variants that change something per operation. */
export type Step = (operation: () => Promise<void>, index: number) => Promise<unknown>

const operation = (): Promise<void> => Promise.resolve()

/** Puts `run` on `globalThis`, which sample.ts calls: `count` operations, a task for each `burst` of them. */
export function expose(step: Step): void {
  const runBurst = async (from: number, to: number): Promise<void> => {
    for (let index = from; index < to; index++) await step(operation, index)
  }
  const run = async (count: number, burst: number): Promise<void> => {
    for (let from = 0; from < count; from += burst) {
      if (from > 0) await new Promise(resolve => setTimeout(resolve))
      await runBurst(from, Math.min(count, from + burst))
    }
  }
  Object.assign(globalThis, { run })
}
