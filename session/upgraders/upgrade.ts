// Any world: upgrades files of earlier versions of the format to the current one. A file is upgraded while it is read, one
// member or row at a time, so its size does not matter.
import { SESSION_VERSION, type SessionFile } from '../format.ts'
import { FROM_VERSION_1 } from './from-version-1.ts'

/**
 * Functions by the name of a member of the file. Each gets the value of the member, or one row of a list, of the earlier
 * version, and returns it for the next version. The input is not checked: the result is.
 */
export type Upgrader = { readonly [Member in keyof SessionFile]?: (value: unknown) => unknown }

/** The first one upgrades version 1 to version 2, and so on. docs/CHANGELOG-formats.md lists the changes. */
const UPGRADERS: readonly Upgrader[] = [FROM_VERSION_1]

/** Upgrades a member's value or a row from `version` to the current version. Undefined if there is no such version. */
export function upgradeFrom(version: unknown): ((member: keyof SessionFile, value: unknown) => unknown) | undefined {
  if (!Number.isInteger(version) || (version as number) < 1 || (version as number) > SESSION_VERSION) return undefined
  const steps = UPGRADERS.slice((version as number) - 1)
  return (member, value) => steps.reduce((each, upgrader) => upgrader[member]?.(each) ?? each, value)
}
