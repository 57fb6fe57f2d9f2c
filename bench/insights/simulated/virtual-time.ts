// Node: time that passes only while nothing else is to be done, so that what apps do can be written as async functions.
import { MinHeap } from '../../../model/min-heap.ts'

export class VirtualTime {
  /** Milliseconds since the simulation began. */
  now = 0
  readonly #timers = new MinHeap()
  readonly #wakes = new Map<number, () => void>()
  #count = 0

  sleep(ms: number): Promise<void> {
    return new Promise(resolve => {
      const number = this.#count++
      this.#wakes.set(number, resolve)
      this.#timers.push(this.now + Math.max(0, ms), number)
    })
  }

  until(time: number): Promise<void> {
    return this.sleep(time - this.now)
  }

  /** Wakes the sleepers one by one, in the order of time; what each does then comes first. */
  async run(end: number): Promise<void> {
    for (;;) {
      await new Promise<void>(resolve => setImmediate(resolve))
      if (this.#timers.length === 0 || this.#timers.key > end) break
      this.now = this.#timers.key
      const number = this.#timers.pop()
      this.#wakes.get(number)?.()
      this.#wakes.delete(number)
    }
    this.now = end
  }
}
