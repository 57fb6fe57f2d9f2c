// Page. The practical limit: two clock reads and three stores, in memory that never grows.
import { expose } from '../expose.ts'

const CAPACITY = 16_384
const now = performance.now.bind(performance)
const starts = new Float64Array(CAPACITY)
const ends = new Float64Array(CAPACITY)
const ok = new Uint8Array(CAPACITY)
let next = 0

async function track<T>(operation: () => Promise<T>): Promise<T> {
  const slot = next++ & (CAPACITY - 1)
  starts[slot] = now()
  try {
    const value = await operation()
    ends[slot] = now()
    ok[slot] = 1
    return value
  } catch (error) {
    ends[slot] = now()
    ok[slot] = 0
    throw error
  }
}

expose(operation => track(operation))
