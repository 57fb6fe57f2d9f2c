// Model: the user timings of a trace: `performance.measure`, as an event at its start and one at its end.
import { OUTCOMES, type Outcome } from '../../../wire/operations.ts'
import { membersOf, textOf } from '../har/clean-entry.ts'
import type { FoundOperation } from '../other-file.ts'
import { ImportError } from '../session/import-error.ts'
import type { TraceEvent } from './trace-event.ts'

/** Timings that are kept. */
const MAX_TIMINGS = 1_000_000
/** Characters of the detail that a page gave, which is JSON. */
const MAX_DETAIL_LENGTH = 100_000

interface Timing {
  name: string
  /** Microseconds. */
  start: number
  end: number | undefined
  outcome: Outcome | undefined
}

export class TraceTimings {
  readonly #all: Timing[] = []
  /** By process, id and name. Those with the same key are nested. */
  readonly #open = new Map<string, Timing[]>()

  add({ name, ph, pid, id, ts }: TraceEvent, args: Record<string, unknown>): void {
    const key = `${pid} ${id} ${name}`
    if (ph === 'b') {
      if (this.#all.length === MAX_TIMINGS) throw new ImportError(`has more than ${MAX_TIMINGS} user timings`)
      const timing = { name, start: ts, end: undefined, outcome: outcomeOf(args.detail) }
      this.#all.push(timing)
      const open = this.#open.get(key)
      if (open) open.push(timing)
      else this.#open.set(key, [timing])
    } else if (ph === 'e') {
      const timing = this.#open.get(key)?.pop()
      if (timing) timing.end = ts
    }
  }

  all(): ((at: (ts: number) => number) => { operation: FoundOperation })[] {
    return this.#all.map(({ name, start, end, outcome = 'ok' }) => at => {
      const hasEnded = end !== undefined && outcome !== 'pending'
      return {
        operation: {
          name: textOf(name) ?? '',
          kind: 'custom',
          outcome: hasEnded ? outcome : 'pending',
          start: at(start),
          duration: hasEnded ? Math.max(0, (end - start) / 1_000) : undefined,
          document: 0,
        },
      }
    })
  }
}

/** Of a timing that an export of ours holds. */
function outcomeOf(detail: unknown): Outcome | undefined {
  if (typeof detail !== 'string' || detail.length > MAX_DETAIL_LENGTH) return undefined
  try {
    const properties = membersOf(membersOf(JSON.parse(detail))?.devtools)?.properties
    if (!Array.isArray(properties)) return undefined
    const [, outcome] = properties.find(each => Array.isArray(each) && each[0] === 'outcome') ?? []
    return OUTCOMES.find(each => each === outcome)
  } catch {
    return undefined
  }
}
