// Page's own world (MAIN): puts the parts together. Until a relay has come nothing is sent, and
// what is kept is bounded by the sources themselves.
import { openRegistry, type Source } from '../monitor/registry.ts'
import type { PageCommand, PageMessage } from '../wire/messages.ts'
import { createConnectionSource } from './connection-source.ts'
import { exposeMonitors } from './expose.ts'
import { guardSource } from './guarded-source.ts'
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

export function startPageRecorder(): void {
  const registry = openRegistry()
  // Injected already, by the registration or by hand: one recorder is enough.
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
  const tell = (message: PageMessage): void => send?.(message)
  /** The registry's sources are copied, as the page can change it. */
  const recorder = createRecorder([requests, connections, ...registry.sources.map(guardSource)], batch =>
    tell({ type: 'batch', batch }),
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
    connectRelay(connected => {
      send = connected
      // Not read: the heap is looked through for it, which each document's start would pay for.
      tell({ type: 'hello', memoryAvailable: 'memory' in performance })
      recorder.record(true)
    }, onCommand),
  )
  reflectSet(registry, 'onSource', (source: Source) => recorder.addSource(guardSource(source)))
}
