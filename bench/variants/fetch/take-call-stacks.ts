// Page, after the stand-in for the relay: has the page script take a call stack of each request, as a setting does.
import { commandEvent, type PageCommand } from '../../../wire/messages.ts'

/** Of the stand-in for the relay. */
const NAME = 'stand-in'
const data: PageCommand = { type: 'call-stacks', on: true }
performance.dispatchEvent(new MessageEvent(commandEvent(NAME), { data }))
