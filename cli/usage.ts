// Node: what a command is.
import { stat } from 'node:fs/promises'
import { reasonOf } from '../node/session-file.ts'

/** What was checked is not as it should be. */
export const EXIT_WORSE = 1
/** Wrong usage, or a file that cannot be read. */
export const EXIT_UNUSABLE = 2

export interface Streams {
  /** May resolve when it can take more: with false if nobody reads it any more. */
  out(text: string | Uint8Array): unknown
  err(text: string): unknown
  /** Whether `out` is a terminal that shows colours. */
  readonly colours?: boolean
}

export interface Command {
  readonly name: string
  /** A few words for the overview. */
  readonly summary: string
  readonly help: string
  /** Resolves with the exit code. Throws a UsageError where it was not called as it has to be. */
  run(args: readonly string[], streams: Streams): Promise<number>
}

/** One sentence for whoever called. */
export class UsageError extends Error {}

/** One of the values that an option takes. */
export function oneOf<Value extends string>(option: string, value: string, values: readonly Value[]): Value {
  const found = values.find(each => each === value)
  if (found === undefined) throw new UsageError(`${option} takes ${values.join(', ')}; it was given "${value}".`)
  return found
}

/** `10%` as 0.1. */
export function shareOf(option: string, text: string): number {
  const [, digits] = /^(\d+(?:\.\d+)?)%$/.exec(text) ?? []
  if (digits === undefined) throw new UsageError(`${option} takes a share such as 10%; it was given "${text}".`)
  return Number(digits) / 100
}

/** Milliseconds of `5ms`, `0.1s` or `5`. */
export function timeOf(option: string, text: string): number {
  const [, digits, unit] = /^(\d+(?:\.\d+)?)(ms|s)?$/.exec(text) ?? []
  if (digits === undefined) throw new UsageError(`${option} takes a time such as 5ms or 0.1s; it was given "${text}".`)
  return Number(digits) * (unit === 's' ? 1_000 : 1)
}

/** Does what writes to a path. Throws a UsageError if that cannot be done. */
export async function writing<Result>(path: string, write: () => Promise<Result>): Promise<Result> {
  if (path === '') throw new UsageError('the name of the file or folder to write is empty.')
  try {
    return await write()
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).syscall === undefined) throw cause
    throw new UsageError(`${path} cannot be written: ${reasonOf(cause)}.`, { cause })
  }
}

export async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() === true
}
