// Node. What the benchmarks that compare us with peers take from the command line.
import { parseArgs } from 'node:util'
import { extensionDir } from '../../scripts/project-root.ts'

export interface BenchOptions {
  /** A first look: too few rounds for a verdict. */
  readonly quick: boolean
  /** The file for the figures. */
  readonly json: string | undefined
  /** The built extension. */
  readonly extension: string
  /** Another build of it, to compare with. */
  readonly earlier: string | undefined
  wantsGroup(name: string): boolean
  /** Whether a variant is to be measured. */
  wantsVariant(name: string): boolean
}

export function benchOptions(): BenchOptions {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      json: { type: 'string' },
      group: { type: 'string' },
      only: { type: 'string' },
      extension: { type: 'string', default: extensionDir },
      earlier: { type: 'string' },
    },
  })
  const { quick, json, extension, earlier, group, only } = values
  const wants = (list: string | undefined, name: string): boolean => list?.split(',').includes(name) ?? true
  return {
    quick,
    json,
    extension,
    earlier,
    wantsGroup: name => wants(group, name),
    // The others are compared with the bare variant.
    wantsVariant: name => name === 'bare' || wants(only, name),
  }
}
