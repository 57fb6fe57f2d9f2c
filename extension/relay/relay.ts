// Isolated world of each frame: the entry of the relay. Without webextension-polyfill, which is 10 kB in every frame: the few
// calls that the relay needs are alike in all browsers.
import type { Browser } from 'webextension-polyfill'
import { createBatchCompleter } from './complete-batch.ts'
import { describeDocument, documentTitle } from './describe-document.ts'
import { observeLongTasks } from './long-tasks.ts'
import { createMemorySamples, hasMemory } from './memory-samples.ts'
import { createPageChannel, randomId } from './page-channel.ts'
import { pageLifecycle } from './page-lifecycle.ts'
import { type EarlierRecording, PageRelay } from './page-relay.ts'

interface RelayWorld {
  browser?: Browser
  chrome: Browser
  /** In this world only: whether a relay is at work in this frame. */
  perfRelayActive?: boolean
  perfEarlier?: EarlierRecording
}

const world = globalThis as unknown as RelayWorld
if (!world.perfRelayActive) {
  world.perfRelayActive = true
  const api = world.browser ?? world.chrome
  const earlier = world.perfEarlier ?? {}
  new PageRelay({
    runtime: api.runtime,
    storage: () => (api.extension.inIncognitoContext ? api.storage.session : api.storage.local),
    stream: randomId(),
    earlier,
    lifecycle: pageLifecycle,
    openChannel: createPageChannel,
    hasMemory: hasMemory(),
    sampleMemory: onReport => createMemorySamples(onReport),
    longTasks: observeLongTasks(earlier.reportedUntil),
    describe: describeDocument,
    title: documentTitle,
    complete: createBatchCompleter(location.host),
    onFinishing(left) {
      world.perfRelayActive = false
      if (left) world.perfEarlier = left
    },
  })
}
