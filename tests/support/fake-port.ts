// Test (Node): a runtime port, as a pair of ends. What one end posts is cloned, and arrives at the other a turn of the event loop
// later. Disconnecting one end is heard at the other alone:
// https://developer.chrome.com/docs/extensions/develop/concepts/messaging#port-lifetime
import type { Runtime } from 'webextension-polyfill'
import { createFakeEvent, type FakeEvent } from './fake-event.ts'
import { turn } from './turn.ts'

export interface FakePort extends Runtime.Port {
  onMessage: FakeEvent<[unknown, Runtime.Port]>
  onDisconnect: FakeEvent<[Runtime.Port]>
}

type End = 'near' | 'far'

export interface PortPair {
  /** What `runtime.connect` returned. */
  near: FakePort
  /** What `runtime.onConnect` hands over. */
  far: FakePort
  /** `far` has its listeners: what was posted to it until now has waited. */
  accept(): void
  /** The connection is lost, and these ends hear it. What is on its way is gone. */
  lose(...heardBy: End[]): void
}

export function createPortPair(name: string, sender: Runtime.MessageSender = {}): PortPair {
  let lost = false
  let accept = (): void => undefined
  const accepted = new Promise<void>(resolve => {
    accept = resolve
  })
  /** Those that have disconnected, or heard that the other has. */
  const closed = new Set<End>()

  const lose = (...heardBy: End[]): void => {
    if (lost) return
    lost = true
    for (const end of heardBy) {
      void turn().then(() => {
        if (closed.has(end)) return
        closed.add(end)
        ends[end].onDisconnect.emit(ends[end])
      })
    }
  }

  const createEnd = (end: End, other: End): FakePort => ({
    name,
    sender,
    onMessage: createFakeEvent(),
    onDisconnect: createFakeEvent(),
    postMessage(message) {
      if (closed.has(end)) throw new Error('Attempting to use a disconnected port object')
      const copy: unknown = structuredClone(message)
      const deliver = (): void => {
        if (!lost && !closed.has(other)) ends[other].onMessage.emit(copy, ends[other])
      }
      void Promise.all([turn(), other === 'far' && accepted]).then(deliver)
    },
    disconnect() {
      closed.add(end)
      lose(other)
    },
  })

  const ends: Record<End, FakePort> = { near: createEnd('near', 'far'), far: createEnd('far', 'near') }
  return { ...ends, accept, lose }
}
