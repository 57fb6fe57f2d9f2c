// Node. The panel, watched from outside: its heap and its long tasks while it works.
import type { CDPSession, Frame } from 'playwright'

/** Milliseconds between two looks at the heap. */
const LOOK_INTERVAL = 20

export interface Watched<T> {
  result: T
  /** Bytes of JavaScript objects: before, after a collection; and the most seen meanwhile. */
  idleHeap: number
  peakHeap: number
  /** Milliseconds; undefined where no task took 50 or more, which is what the browser tells of. */
  longestTask: number | undefined
}

export interface MeasuredPanel {
  watch<T>(work: () => Promise<T>): Promise<Watched<T>>
}

declare global {
  interface Window {
    longTasks?: number[]
    exported?: Promise<number>
  }
}

export async function measurePanel(panel: Frame): Promise<MeasuredPanel> {
  const session = await panel.page().context().newCDPSession(panel)
  await panel.evaluate(() => {
    window.longTasks = []
    const observer = new PerformanceObserver(list => {
      for (const { duration } of list.getEntries()) window.longTasks?.push(duration)
    })
    observer.observe({ type: 'longtask' })
  })
  return {
    async watch(work) {
      await session.send('HeapProfiler.collectGarbage')
      const idleHeap = await usedHeap(session)
      await panel.evaluate(() => {
        window.longTasks = []
      })
      let peakHeap = idleHeap
      let working = true
      const looking = (async () => {
        while (working) {
          peakHeap = Math.max(peakHeap, await usedHeap(session))
          await new Promise(resolve => setTimeout(resolve, LOOK_INTERVAL))
        }
      })()
      const result = await work().finally(() => {
        working = false
      })
      await looking
      // Entries come in a task of their own, after what they tell of.
      const tasks = await panel.evaluate(
        () =>
          new Promise<number[]>(resolve =>
            requestAnimationFrame(() => setTimeout(() => resolve(window.longTasks ?? []))),
          ),
      )
      return { result, idleHeap, peakHeap, longestTask: tasks.length === 0 ? undefined : Math.max(...tasks) }
    },
  }
}

async function usedHeap(session: CDPSession): Promise<number> {
  return (await session.send('Runtime.getHeapUsage')).usedSize
}

/** Clicks Export; milliseconds to the finished file. */
export async function timeExport(panel: Frame): Promise<number> {
  return panel.evaluate(async () => {
    const create = URL.createObjectURL
    const started = performance.now()
    const finished = new Promise<number>(resolve => {
      URL.createObjectURL = file => {
        resolve(performance.now() - started)
        return create.call(URL, file)
      }
    })
    document.querySelector<HTMLButtonElement>('button.export')?.click()
    const took = await finished
    URL.createObjectURL = create
    return took
  })
}
