// Page's own world (MAIN): the private line to the relay. The relay hands over a MessagePort in an event that
// is dispatched while no page script has run yet, so no page can hold the port, read it or write to it.
import { CONNECT_EVENT, type PageCommand, type PageMessage, READY_EVENT } from '../wire/messages.ts'
import {
  addListener,
  apply,
  bare,
  closePort,
  dispatch,
  eventData,
  NativeEvent,
  NativeMessageEvent,
  portsOf,
  postToPort,
  removeListener,
} from './natives.ts'

export interface RelayChannel {
  send(message: PageMessage, transfer: Transferable[]): void
  /** Delivers before it returns: what a page that is being left sends by its port would come too late. */
  sendNow(message: PageMessage): void
  close(): void
}

/** Calls `onConnect` once, when there is a relay: within this call if it came first, else when it comes. */
export function connectRelay(
  onConnect: (channel: RelayChannel) => void,
  onCommand: (command: PageCommand) => void,
): () => void {
  const accept = (event: Event): void => {
    const port = (portsOf(event) as readonly MessagePort[] | undefined)?.[0]
    if (!port) return
    // Tells the relay that the port is taken, and by whom: no page code has run yet.
    event.preventDefault()
    removeListener(CONNECT_EVENT, accept)
    // The name of an event that only the relay knows to listen to.
    const secretEvent = String(eventData(event))
    port.onmessage = message => onCommand(eventData(message) as PageCommand)
    onConnect({
      send: (message, transfer) => apply(postToPort, port, [message, transfer]),
      sendNow: message => dispatch(new NativeMessageEvent(secretEvent, bare({ data: message }))),
      close: () => apply(closePort, port, []),
    })
  }
  addListener(CONNECT_EVENT, accept)
  dispatch(new NativeEvent(READY_EVENT))
  return () => removeListener(CONNECT_EVENT, accept)
}
