// Page's own world (MAIN): the private line to the relay, which is events by a name that only the two know. The relay
// tells it in an event that is dispatched while no page script has run yet. Events, and not a port: the other has a
// message when the call returns, and what is on its way in a port when the page goes, is gone with it.
import { CONNECT_EVENT, commandEvent, type PageCommand, type PageMessage, READY_EVENT } from '../wire/messages.ts'
import { addListener, bare, dispatch, eventData, NativeMessageEvent, removeListener } from './primordials/natives.ts'

export type SendToRelay = (message: PageMessage) => void

/**
 * Calls `onConnect` once, when there is a relay: within this call if it came first, else when it comes. Returns the
 * undo: nothing more is heard then, and sending goes on.
 */
export function connectRelay(
  onConnect: (send: SendToRelay) => void,
  onCommand: (command: PageCommand) => void,
): () => void {
  let commands = ''
  const hear = (event: Event): void => onCommand(eventData(event) as PageCommand)
  const accept = (event: Event): void => {
    const name = eventData(event)
    if (typeof name !== 'string') return
    // Tells the relay that the name is taken, and by whom: no page code has run yet.
    event.preventDefault()
    removeListener(CONNECT_EVENT, accept)
    commands = commandEvent(name)
    addListener(commands, hear)
    onConnect(message => dispatch(new NativeMessageEvent(name, bare({ data: message }))))
  }
  addListener(CONNECT_EVENT, accept)
  dispatch(new NativeMessageEvent(READY_EVENT))
  return () => {
    removeListener(CONNECT_EVENT, accept)
    removeListener(commands, hear)
  }
}
