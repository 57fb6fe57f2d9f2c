// Node (the test's process): the fixture `perf` at work.
import type { Page } from 'playwright/test'
import { harrellDavis } from '../model/comparison/harrell-davis.ts'
import type { SessionModel } from '../model/session/session-model.ts'
import { sessionText } from '../node/session-file.ts'
import type { SessionFile } from '../session/format.ts'
import { leakTest } from './leak-test.ts'
import { PageRecording, type TestOperation } from './page-recording.ts'
import type { LeakTest, LeakTestOptions, Measured, Perf } from './perf.ts'
import type { Recording } from './recording.ts'

export class PerfRecorder implements Perf {
  readonly #recording: Recording
  /** Those that no page has taken yet. */
  #ownOperations: TestOperation[] = []
  /** What the test itself did, where it has no page. */
  #withoutPage: PageRecording | undefined

  constructor(recording: Recording) {
    this.#recording = recording
  }

  async session(page?: Page): Promise<SessionFile> {
    return JSON.parse(sessionText(await this.sessionModel(page))) as SessionFile
  }

  mark(name: string): void {
    this.#ownOperations.push({ name, start: performance.now(), duration: 0 })
  }

  async measure(name: string, fn: () => unknown, { runs = 1 }: { runs?: number } = {}): Promise<Measured> {
    const durations: number[] = []
    for (let run = 0; run < runs; run++) {
      const start = performance.now()
      try {
        await fn()
      } catch (thrown) {
        const { name: errorName = 'Error', message = String(thrown) } = (thrown ?? {}) as Partial<Error>
        const error = { name: errorName, message }
        this.#ownOperations.push({ name, start, duration: performance.now() - start, error })
        throw thrown
      }
      const duration = performance.now() - start
      durations.push(duration)
      this.#ownOperations.push({ name, start, duration })
    }
    const sorted = Float64Array.from(durations).sort()
    return { durations, p50: harrellDavis(sorted, 0.5), p95: harrellDavis(sorted, 0.95) }
  }

  async leakTest(name: string, fn: () => unknown, options?: LeakTestOptions): Promise<LeakTest> {
    const page = this.#recording.pages[0]
    if (!page) throw new Error('perf.leakTest needs a page.')
    let result: LeakTest | undefined
    await this.measure(name, async () => {
      result = await leakTest(page, fn, options)
    })
    return result as LeakTest
  }

  /** As `session`, for what is computed from it. */
  async sessionModel(page: Page | undefined = this.#recording.pages[0]): Promise<SessionModel> {
    const recording = page ? await this.#recording.of(page) : this.#alone()
    if (page === this.#recording.pages[0]) {
      for (const operation of this.#ownOperations) recording.addTestOperation(operation)
      this.#ownOperations = []
    }
    return recording.session
  }

  #alone(): PageRecording {
    this.#withoutPage ??= new PageRecording(Date.now(), new Set())
    return this.#withoutPage
  }
}
