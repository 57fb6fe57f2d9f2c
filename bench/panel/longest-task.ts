// Node. The longest task of one renderer's main thread while something happens, by the browser's own trace.
import type { Browser, Frame } from 'playwright'

interface TraceEvent {
  name: string
  cat?: string
  pid: number
  tid: number
  /** Microseconds: by the clock on the wall, and by the thread's own. */
  dur?: number
  tdur?: number
}

/** Reported by the frame's main thread itself, which distinguishes its tasks from those of others. */
const MARK = 'bench:this-thread'

export interface LongestTask {
  /** Milliseconds of the processor: what the task did. */
  cpu: number
  /** Milliseconds by the wall: with all that kept the thread from running, other programs too. */
  wall: number
}

export async function longestTask(browser: Browser, frame: Frame, work: () => Promise<void>): Promise<LongestTask> {
  const session = await browser.newBrowserCDPSession()
  const events: TraceEvent[] = []
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])))
  const complete = new Promise<unknown>(resolve => session.once('Tracing.tracingComplete', resolve))
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel', 'blink.user_timing'] },
  })
  await frame.evaluate(name => performance.mark(name), MARK)
  await work()
  await session.send('Tracing.end')
  await complete
  await session.detach()
  const own = events.find(({ name }) => name === MARK)
  if (!own) throw new Error('the trace does not tell the panel’s thread')
  const tasks = events.filter(({ name, pid, tid }) => name.endsWith('RunTask') && pid === own.pid && tid === own.tid)
  if (!tasks.some(({ tdur }) => tdur !== undefined)) throw new Error('the trace does not tell tasks’ processor time')
  return {
    cpu: tasks.reduce((longest, { tdur = 0 }) => Math.max(longest, tdur), 0) / 1000,
    wall: tasks.reduce((longest, { dur = 0 }) => Math.max(longest, dur), 0) / 1000,
  }
}
