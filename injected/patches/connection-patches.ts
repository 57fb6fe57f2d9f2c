// Page's own world (MAIN): follows WebSockets and EventSources. It adds native listeners, which a page can't notice: no
// property is set, no event is changed, and the listeners make no microtask. Ours is always the first listener of an event, so
// no listener of the page can stop the event before it.

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
  socketBuffered,
  socketState,
  socketUrl,
} from '../primordials/natives.ts'
import { read } from '../primordials/read.ts'
import { itemAt } from '../primordials/safe-array.ts'
import { SafeWeakMap } from '../primordials/safe-map.ts'
import { undoAll } from '../primordials/undo-all.ts'
import { textOf } from '../requests/read-arguments.ts'
import { messageSize } from './message-size.ts'
import { patchConstructor } from './patch-constructor.ts'
import { patchFunction, proxyFunction } from './patch-function.ts'

/** Close codes that are no failure: normal, going away, none given. https://www.rfc-editor.org/rfc/rfc6455#section-7.4.1 */
const isClean = (code: unknown): boolean => code === 1000 || code === 1001 || code === 1005
const EVENT_SOURCE_CLOSED = 2
const SOCKET_OPEN = 1

/** Returns the undo. */
export function patchConnections(source: ConnectionSource): () => void {
  const connections = new SafeWeakMap<object, Connection>()
  let restoreListening: (() => void) | undefined

  /** The same function for all objects and event names, so that the platform adds it to each once. */
  function onMessage(this: object, event: Event): void {
    const connection = connections.get(this)
    // Only messages have data. A server can name a message `open` or `error`; the connection's own events have none.
    const data = event.isTrusted ? read(eventData, event) : undefined
    if (!connection || data === undefined) return
    connection.detail.messagesIn++
    connection.detail.bytesIn += messageSize(data)
    source.changed(connection)
  }

  /**
   * Event streams can name their messages, and the browser gives such a message to listeners of its name alone. So where the
   * page adds a listener, ours is added before it. Most pages have no EventSource; in those, `addEventListener` stays native.
   * https://html.spec.whatwg.org/#dispatchMessage
   */
  const patchListening = (): void => {
    restoreListening ??= proxyFunction(EventTarget.prototype, 'addEventListener', {
      apply(target, self, args) {
        const type = connections.get(self) && textOf(itemAt(args, 0))
        if (type !== undefined) apply(listenTo, self, [type, onMessage])
        return apply(target, self, args)
      },
    })
  }

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
    apply(listenTo, object, ['message', onMessage])
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
      patchListening()
      apply(listenTo, object, ['open', onMessage])
      apply(listenTo, object, ['error', onMessage])
      // Chromium closes it when the page is left, too, just before `pagehide`.
      on('error', () => {
        if (eventSourceState(object) === EVENT_SOURCE_CLOSED) source.fail(connection)
        else connection.hadError = true
      })
    }
    return connection
  }

  const undo = [
    patchConstructor('WebSocket', socket => follow(socket, WEBSOCKET, socketUrl(socket))),
    patchConstructor('EventSource', events => follow(events, EVENT_SOURCE, eventSourceUrl(events))),
    patchFunction(
      WebSocket.prototype,
      'send',
      (self, _args, _start, _called, thrown, _result, buffered) => {
        const connection = connections.get(self as object)
        // A socket that is closing or closed drops the message, and throws nothing.
        if (!connection || thrown !== undefined || socketState(self) !== SOCKET_OPEN) return
        connection.detail.messagesOut++
        // What is sent counts as buffered until a later task: https://websockets.spec.whatwg.org/#dom-websocket-bufferedamount.
        connection.detail.bytesOut += socketBuffered(self) - (buffered ?? 0)
        source.changed(connection)
      },
      socketBuffered,
    ),
    patchFunction(WebSocket.prototype, 'close', (self, _args, _start, _called, thrown) => {
      const connection = connections.get(self as object)
      // Before it has opened, `close` makes the connection fail: https://websockets.spec.whatwg.org/#dom-websocket-close.
      if (connection && thrown === undefined && connection.detail.openDuration === undefined)
        source.end(connection, CANCELLED)
    }),
    patchFunction(EventSource.prototype, 'close', self => {
      const connection = connections.get(self as object)
      if (!connection) return
      // One that was tried again until the page gave up has failed.
      const neverOpened = connection.hadError ? FAILED : CANCELLED
      source.end(connection, connection.detail.openDuration === undefined ? neverOpened : OK)
    }),
    () => restoreListening?.(),
  ]
  return () => undoAll(undo)
}
