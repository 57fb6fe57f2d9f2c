// Page's own world (MAIN): puts the parts together. Nothing is sent until there is a relay; until then the sources keep what
// they record, within their bounds.
import { openRegistry, type Source } from '../monitor/registry.ts'
import type { PageCommand, PageMessage } from '../wire/messages.ts'
import { createConnectionSource } from './connection-source.ts'
import { exposeMonitors } from './expose.ts'
import { guardSource } from './guarded-source.ts'
import { observePageEvents } from './page-events.ts'
import { patchBeacon } from './patches/beacon-patch.ts'
import { patchConnections } from './patches/connection-patches.ts'
import { patchFetch } from './patches/fetch-patch.ts'
import { patchXhr } from './patches/xhr-patch.ts'
import { reflectSet } from './primordials/natives.ts'
import { undoAll } from './primordials/undo-all.ts'
import { createRecorder } from './recorder.ts'
import { connectRelay, type SendToRelay } from './relay-channel.ts'
import { takeCallStacks } from './requests/call-stack.ts'
import { createRequestSource } from './requests/request-source.ts'

/** @param connect by which what is recorded leaves the page: through the relay, unless a test reads it. */
export function startPageRecorder(connect: typeof connectRelay = connectRelay): void {
  const registry = openRegistry()
  // The script was injected twice: by its registration and into the open page. One recorder is enough.
  if (registry.onSource) return
  const requests = createRequestSource()
  const connections = createConnectionSource()
  const undo = [
    patchFetch(requests),
    patchXhr(requests),
    patchBeacon(requests),
    patchConnections(connections),
    exposeMonitors(registry),
    requests.stop,
  ]
  let send: SendToRelay | undefined
  const sendMessage = (message: PageMessage): void => send?.(message)
  // The list is copied, as the page can change the registry.
  const recorder = createRecorder(
    [requests, connections, ...registry.sources.map(guardSource)],
    batch => sendMessage({ type: 'batch', batch }),
    observePageEvents,
  )

  const stop = (): void => {
    undoAll(undo)
    reflectSet(registry, 'onSource', undefined)
    recorder.stop()
  }

  const onCommand = (command: PageCommand): void => {
    if (command.type === 'stored') recorder.onStored(command.batches, command.operations)
    else if (command.type === 'record') recorder.record(command.on)
    else if (command.type === 'flush') recorder.leave()
    else if (command.type === 'report-pending') requests.reportPending()
    else if (command.type === 'call-stacks') takeCallStacks(command.on)
    else stop()
  }

  undo.push(
    connect(connected => {
      send = connected
      // `performance.memory` is not read: that walks the heap, which would slow the start of each document.
      sendMessage({ type: 'hello', memoryAvailable: 'memory' in performance })
      recorder.record(true)
    }, onCommand),
  )
  reflectSet(registry, 'onSource', (source: Source) => recorder.addSource(guardSource(source)))
}
