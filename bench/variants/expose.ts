// Page. The loop is part of every variant's bundle, so each compiles it with only its own callee.

/** Runs one operation the variant's way; `index` is for variants that change something per operation. */
export type Step = (operation: () => Promise<void>, index: number) => Promise<unknown>

const operation = (): Promise<void> => Promise.resolve()

export function expose(step: Step): void {
  const run = async (count: number): Promise<void> => {
    for (let index = 0; index < count; index++) await step(operation, index)
  }
  Object.assign(globalThis, { run })
}
