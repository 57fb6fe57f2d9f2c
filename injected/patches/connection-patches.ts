// Page's own world (MAIN): follows WebSockets and EventSources. It adds native listeners, which a page can't notice: no
// property is set, no event is changed, and the listeners make no microtask.

import { now } from '../../monitor/clock.ts'
import { CANCELLED, EVENT_SOURCE, FAILED, OK, WEBSOCKET } from '../../wire/operations.ts'
import type { Connection, ConnectionSource } from '../connection-source.ts'
import {
  apply,
  closeCodeOf,
  closeReasonOf,
  eventData,
  eventSourceState,
  eventSourceUrl,
  listenTo,
  socketState,
  socketUrl,
} from '../primordials/natives.ts'
import { itemAt } from '../primordials/safe-array.ts'
import { SafeWeakMap } from '../primordials/safe-map.ts'
import { undoAll } from '../primordials/undo-all.ts'
import { messageSize } from './message-size.ts'
import { patchConstructor } from './patch-constructor.ts'
import { patchFunction } from './patch-function.ts'

/** Close codes that are no failure: normal, going away, none given. https://www.rfc-editor.org/rfc/rfc6455#section-7.4.1 */
const isClean = (code: unknown): boolean => code === 1000 || code === 1001 || code === 1005
const EVENT_SOURCE_CLOSED = 2
const SOCKET_OPEN = 1

/** Returns the undo. */
export function patchConnections(source: ConnectionSource): () => void {
  const connections = new SafeWeakMap<object, Connection>()

  const follow = (object: object, kind: number, url: unknown): Connection | undefined => {
    const connection = source.open(kind, url as string)
    if (!connection) return undefined
    connections.set(object, connection)
    const { detail, start } = connection
    /** Events that the page dispatches itself say nothing of the connection, and may be of any kind. */
    const on = (type: string, listener: (event: Event) => void): void =>
      apply(listenTo, object, [type, (event: Event) => event.isTrusted && listener(event)])
    on('open', () => {
      detail.openDuration ??= now() - start
      source.changed(connection)
    })
    on('message', event => {
      detail.messagesIn++
      detail.bytesIn += messageSize(eventData(event))
      source.changed(connection)
    })
    if (kind === WEBSOCKET) {
      on('close', event => {
        detail.closeCode = closeCodeOf(event) as number
        const reason = closeReasonOf(event) as string
        if (reason) detail.closeReason = reason
        source.end(connection, isClean(detail.closeCode) ? OK : FAILED)
      })
      // Chromium fires no `close` after it where the page's security policy blocks the socket. The code of a `close` that does
      // follow in the same task is still reported.
      on('error', () => source.end(connection, FAILED))
    } else {
      on('error', () => {
        if (eventSourceState(object) === EVENT_SOURCE_CLOSED) source.end(connection, FAILED)
      })
    }
    return connection
  }

  const undo = [
    patchConstructor('WebSocket', socket => follow(socket, WEBSOCKET, socketUrl(socket))),
    patchConstructor('EventSource', events => follow(events, EVENT_SOURCE, eventSourceUrl(events))),
    patchFunction(WebSocket.prototype, 'send', (self, args, _start, _called, thrown) => {
      const connection = connections.get(self as object)
      // A socket that is closing or closed drops the message, and throws nothing.
      if (!connection || thrown !== undefined || socketState(self) !== SOCKET_OPEN) return
      connection.detail.messagesOut++
      connection.detail.bytesOut += messageSize(itemAt(args, 0))
      source.changed(connection)
    }),
    patchFunction(WebSocket.prototype, 'close', (self, _args, _start, _called, thrown) => {
      const connection = connections.get(self as object)
      // Before it has opened, `close` makes the connection fail: https://websockets.spec.whatwg.org/#dom-websocket-close.
      if (connection && thrown === undefined && connection.detail.openDuration === undefined)
        source.end(connection, CANCELLED)
    }),
    patchFunction(EventSource.prototype, 'close', self => {
      const connection = connections.get(self as object)
      if (connection) source.end(connection, OK)
    }),
  ]
  return () => undoAll(undo)
}
