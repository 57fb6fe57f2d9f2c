// Page's own world (MAIN): where a call comes from. Off by default: taking a stack costs a call more than all else that
// is done for it, and in Chromium DevTools tells it anyway.
import { truncate } from '../../wire/truncate.ts'
import { getOwnPropertyDescriptor, NativeError } from '../primordials/natives.ts'

/** Characters of a stack, our own frames included. */
const MAX_STACK_LENGTH = 4_000

let wanted = false

export function takeCallStacks(on: boolean): void {
  wanted = on
}

/** As the engine writes it. Undefined where it is not wanted, and where the page writes stacks itself: its code would run. */
export function callStack(): string | undefined {
  if (!wanted || getOwnPropertyDescriptor(NativeError, 'prepareStackTrace')) return undefined
  return truncate(new NativeError().stack ?? '', MAX_STACK_LENGTH)
}
