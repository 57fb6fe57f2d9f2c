// Page's own world (MAIN): the private channel to the relay: events with a name that only the two know. The relay hands the
// name over in an event that it dispatches before any page script has run. Events are delivered within the call; a message
// that is on its way through a port is lost when the page goes away.
import { CONNECT_EVENT, commandEvent, type PageCommand, type PageMessage, READY_EVENT } from '../wire/messages.ts'
import { addListener, bare, dispatch, eventData, NativeMessageEvent, removeListener } from './primordials/natives.ts'

export type SendToRelay = (message: PageMessage) => void

/**
 * Calls `onConnect` once, when there is a relay: within this call if the relay came first, else when it comes. Returns the
 * undo, after which no command is received; sending still works.
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
    // Tells the relay that the name was received by the page script: no page code has run yet.
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
