// Any world: files of older versions of the format, as files of the current one. A file is upgraded while it is read, a
// member or a row at a time, so its size does not matter.
import { SESSION_VERSION, type SessionFile } from '../format.ts'
import { FROM_VERSION_1 } from './from-version-1.ts'

/**
 * What one version of the format changed, by the file's members: it gets the value of a member, or one row of a list,
 * in the earlier version, and returns it in the next. What it gets has not been checked: the result is.
 */
export type Upgrader = { readonly [Member in keyof SessionFile]?: (value: unknown) => unknown }

/** The first is from version 1 to version 2, and so on. docs/CHANGELOG-formats.md says what each changes. */
const UPGRADERS: readonly Upgrader[] = [FROM_VERSION_1]

/** Takes a member's value or a row from this version of the format to the current one; undefined for no older version. */
export function upgradeFrom(version: unknown): ((member: keyof SessionFile, value: unknown) => unknown) | undefined {
  if (!Number.isInteger(version) || (version as number) < 1 || (version as number) > SESSION_VERSION) return undefined
  const steps = UPGRADERS.slice((version as number) - 1)
  return (member, value) => steps.reduce((each, upgrader) => upgrader[member]?.(each) ?? each, value)
}
