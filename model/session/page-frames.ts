// Model: removes the page script's frames from recorded call stacks. The page script is on the stack of each call that it
// sees: the stacks of errors have its frame, and so do the initiators in sessions of earlier versions.
import type { NetworkRequest } from '../../wire/network.ts'
import type { OperationDetail } from '../../wire/operations.ts'
import { isPageScriptFrame } from '../../wire/page-script.ts'

/** In place. */
export function keepPageFrames({ error, http, connection }: OperationDetail): void {
  if (error?.stack) {
    const stack = pageFrames(error.stack.split('\n')).join('\n')
    if (stack) error.stack = stack
    else delete error.stack
  }
  if (http) keepFramesOf(http)
  for (const request of [http?.devtools, connection?.devtools]) if (request) keepPageFramesOf(request)
}

/** In place. */
export function keepPageFramesOf({ initiator }: NetworkRequest): void {
  if (initiator) keepFramesOf(initiator)
}

function keepFramesOf(owner: { stack?: string[] }): void {
  if (!owner.stack) return
  const stack = pageFrames(owner.stack)
  if (stack.length === owner.stack.length) return
  if (stack.length > 0) owner.stack = stack
  else delete owner.stack
}

function pageFrames(frames: readonly string[]): string[] {
  return frames.filter(frame => !isPageScriptFrame(frame))
}
