// World: Node. A command with its output shown, or written to a file.

import { spawn } from 'node:child_process'

export interface RunOptions {
  readonly env?: NodeJS.ProcessEnv
  /** A file descriptor that gets the output, which is not shown then. */
  readonly output?: number
}

/** Its exit code; 1 when it could not start or was ended by a signal. Never rejects. */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<number> {
  return new Promise(resolve => {
    const output = options.output ?? 'inherit'
    const child = spawn(command, args, { stdio: ['ignore', output, output], env: options.env })
    child.once('error', error => {
      console.error(`${command}: ${error.message}`)
      resolve(1)
    })
    child.once('exit', code => resolve(code ?? 1))
  })
}
