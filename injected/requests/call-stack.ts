// Page's own world (MAIN): the call stack of a request. Off by default: taking it costs more than everything else that is
// done for a call, and Chromium reports the stack through DevTools anyway.
import { truncate } from '../../wire/truncate.ts'
import { getOwnPropertyDescriptor, NativeError } from '../primordials/natives.ts'

/** Characters kept of a stack, our own frames included. */
const MAX_STACK_LENGTH = 4_000

let wanted = false

export function takeCallStacks(on: boolean): void {
  wanted = on
}

/**
 * The stack as the engine writes it. Undefined while the setting is off, and in a page that formats stacks itself, as its
 * code would run (https://v8.dev/docs/stack-trace-api#customizing-stack-traces).
 */
export function callStack(): string | undefined {
  if (!wanted || getOwnPropertyDescriptor(NativeError, 'prepareStackTrace')) return undefined
  return truncate(new NativeError().stack ?? '', MAX_STACK_LENGTH)
}
