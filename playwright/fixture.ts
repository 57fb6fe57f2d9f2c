// Node (the test's process): the fixture `perf`, which records the pages of each test.
import { join } from 'node:path'
import pageScript from 'perf:page-script'
import { test as base, type TestInfo } from 'playwright/test'
import { runFileName, SESSIONS_FOLDER, SESSIONS_RUN } from '../node/run-files.ts'
import { writeSessionFile } from '../node/session-file.ts'
import type { Perf, RecordingOptions } from './perf.ts'
import { PerfRecorder } from './perf-recorder.ts'
import { type Recording, recordContext } from './recording.ts'
import { testSlug } from './test-slug.ts'

const DEFAULTS: RecordingOptions = { callStacks: true, redact: [] }

export interface PerfFixtures {
  perf: Perf
  /** Set by `use: { perfOptions: {…} }` in Playwright's configuration, or by `test.use`. */
  perfOptions: Partial<RecordingOptions>
}

export const test = base.extend<PerfFixtures>({
  perfOptions: [{}, { option: true }],
  perf: [
    async ({ context, perfOptions }, use, info) => {
      const recording = await recordContext(context, { ...DEFAULTS, ...perfOptions }, pageScript)
      const perf = new PerfRecorder(recording)
      await use(perf)
      await attach(perf, recording, info)
      recording.stop()
    },
    { auto: true },
  ],
})

/** To the test, and into the folder in which a check collects the sessions of tests that pass. */
async function attach(perf: PerfRecorder, { pages }: Recording, info: TestInfo): Promise<void> {
  const collected = process.env[SESSIONS_FOLDER]
  const isCollected = collected !== undefined && info.status === info.expectedStatus
  const run = [process.env[SESSIONS_RUN] ?? '1', info.repeatEachIndex, info.retry].join('-')
  for (const [index, page] of (pages.length > 0 ? pages : [undefined]).entries()) {
    const session = await perf.sessionModel(page)
    if (session.operations.length === 0 && session.documents.all.length === 0) continue
    const suffix = index === 0 ? '' : `-page-${index + 1}`
    const path = info.outputPath(`perf-session${suffix}.json`)
    await writeSessionFile(session, path)
    await info.attach(`perf-session${suffix}`, { path, contentType: 'application/json' })
    if (isCollected) await writeSessionFile(session, join(collected, runFileName(testSlug(info) + suffix, run)))
  }
}
