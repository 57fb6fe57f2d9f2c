// Node: an output of the process, whose reader may go away before all is written.

/**
 * Resolves when the output can take more: with false once nobody reads it, as after `| head`. What is written then is dropped, so the
 * exit code is still that of the command.
 * @param onError called with any other error, such as that of a full disk.
 */
export function createOutput(
  stream: NodeJS.WritableStream,
  onError: (error: Error) => void,
): (text: string | Uint8Array) => Promise<boolean> {
  let isOpen = true
  stream.on('error', (error: NodeJS.ErrnoException) => {
    isOpen = false
    if (error.code !== 'EPIPE') onError(error)
  })
  return async text => {
    if (isOpen) await new Promise<void>(resolve => stream.write(text, () => resolve()))
    return isOpen
  }
}
