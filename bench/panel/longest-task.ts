// Node. The longest task of one renderer's main thread while something happens, by the browser's own trace.
import type { Browser, Frame } from 'playwright'

interface TraceEvent {
  name: string
  cat?: string
  pid: number
  tid: number
  /** Microseconds. */
  dur?: number
}

/** Told by the frame's main thread itself, so that its tasks can be told from others'. */
const MARK = 'bench:this-thread'

/** Milliseconds, by the wall clock. */
export async function longestTask(browser: Browser, frame: Frame, work: () => Promise<void>): Promise<number> {
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
  if (tasks.length === 0) throw new Error('the trace has no tasks')
  return Math.max(...tasks.map(({ dur = 0 }) => dur)) / 1000
}
