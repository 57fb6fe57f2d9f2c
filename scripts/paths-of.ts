// World: Node. Where commands may be.

import { delimiter, join } from 'node:path'

/** Each command in each folder of the PATH, whether there is such a file or not. */
export function pathsOf(commands: readonly string[]): string[] {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean)
  return commands.flatMap(command => folders.map(folder => join(folder, command)))
}
