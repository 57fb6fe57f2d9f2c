// Panel: which columns a table shows, in which order and how wide, as the user has arranged them. It is stored for the next
// panel. Where the table is too narrow for all of them, the least important ones are left out.
import { type Signal, signal } from '@preact/signals'
import { MIN_WIDTH } from './column-arranging.ts'
import type { GridColumn } from './grid-frame.ts'

/** CSS pixels that are kept for the first column. */
const MIN_NAME_WIDTH = 120
/** CSS pixels. */
const MAX_WIDTH = 2_000

/** A column that can be left out. */
export interface OptionalColumn<Key extends string = string> extends GridColumn<Key> {
  /** 1 is the most important one, which a narrow table keeps the longest. Without a rank it is shown only on request. */
  rank?: number
}

interface Arrangement {
  /** Keys in their order. Columns that are missing follow these. */
  order: string[]
  /** Keys that the user has added, the latest first. They are more important than all others. */
  added: string[]
  removed: string[]
  widths: Record<string, number>
}

export interface ColumnLayout<C extends OptionalColumn> {
  /** Changes when a column is added, removed or moved. */
  arranged: Signal<number>
  /** All columns in their order, each with its width. */
  all(): C[]
  /** The wanted columns that fit into `width` CSS pixels, and always the first column. */
  fitting(width: number): C[]
  /** Whether the user wants to see it. */
  isWanted(column: C): boolean
  toggle(column: C): void
  /** Moves a column to the place of another one. */
  move(key: string, to: string): void
  resize(key: string, width: number): void
  reset(): void
}

/** @param columns in their usual order; the first one is always shown, and always the first. */
export function createColumnLayout<C extends OptionalColumn>(
  storage: Pick<Storage, 'getItem' | 'setItem'>,
  key: string,
  columns: readonly C[],
): ColumnLayout<C> {
  let arrangement = read(storage, key)
  const arranged = signal(0)
  const change = (how: Partial<Arrangement>): void => {
    arrangement = { ...arrangement, ...how }
    try {
      storage.setItem(key, JSON.stringify(arrangement))
    } catch {
      // It still applies to this panel.
    }
  }
  const all = (): C[] => {
    const place = (column: C): number => {
      const at = arrangement.order.indexOf(column.key)
      return at < 0 ? arrangement.order.length + columns.indexOf(column) : at
    }
    const [first, ...others] = columns
    const sorted = others.toSorted((a, b) => place(a) - place(b))
    const widened = sorted.map(column => ({ ...column, width: arrangement.widths[column.key] ?? column.width }))
    return first ? [first, ...widened] : widened
  }
  const isWanted = ({ key, rank }: C): boolean =>
    arrangement.added.includes(key) || (rank !== undefined && !arrangement.removed.includes(key))
  const importance = ({ key, rank = Number.POSITIVE_INFINITY }: C): number => {
    const added = arrangement.added.indexOf(key)
    return added < 0 ? rank : added - arrangement.added.length
  }
  return {
    arranged,
    all,
    isWanted,
    fitting(width) {
      const [first, ...others] = all()
      let left = width - MIN_NAME_WIDTH
      const fits = new Set<string>()
      for (const column of others.filter(isWanted).sort((a, b) => importance(a) - importance(b))) {
        left -= column.width
        if (left < 0) break
        fits.add(column.key)
      }
      const shown = others.filter(({ key }) => fits.has(key))
      return first ? [first, ...shown] : shown
    },
    toggle(column) {
      const without = (keys: readonly string[]): string[] => keys.filter(each => each !== column.key)
      const { added, removed } = arrangement
      if (isWanted(column)) change({ added: without(added), removed: [...without(removed), column.key] })
      else change({ added: [column.key, ...without(added)], removed: without(removed) })
      arranged.value++
    },
    move(moved, to) {
      const order = all().map(each => each.key)
      const target = order.indexOf(to)
      // The first column stays the first.
      if (moved === to || target < 1 || order.indexOf(moved) < 1) return
      const rest = order.filter(each => each !== moved)
      rest.splice(target, 0, moved)
      change({ order: rest })
      arranged.value++
    },
    resize(resized, width) {
      change({ widths: { ...arrangement.widths, [resized]: Math.min(Math.max(width, MIN_WIDTH), MAX_WIDTH) } })
    },
    reset() {
      change(EMPTY)
      arranged.value++
    },
  }
}

const EMPTY: Arrangement = { order: [], added: [], removed: [], widths: {} }

/** Reads a stored arrangement, and ignores whatever is none. */
function read(storage: Pick<Storage, 'getItem'>, key: string): Arrangement {
  try {
    const stored = JSON.parse(storage.getItem(key) ?? '{}') as Record<keyof Arrangement, unknown>
    const texts = (value: unknown): string[] =>
      Array.isArray(value) ? value.filter(each => typeof each === 'string') : []
    const widths = Object.entries(stored.widths ?? {}).filter(
      ([, width]) => typeof width === 'number' && width >= MIN_WIDTH && width <= MAX_WIDTH,
    )
    return {
      order: texts(stored.order),
      added: texts(stored.added),
      removed: texts(stored.removed),
      widths: Object.fromEntries(widths) as Record<string, number>,
    }
  } catch {
    return EMPTY
  }
}
