// Node. The figures of several runs as a table.
import { markdownTable } from '../../harness/markdown-table.ts'
import type { JoinTally } from './tally.ts'

const COLUMNS: Record<keyof JoinTally, string> = {
  made: 'made',
  recorded: 'recorded',
  twice: 'listed twice',
  withoutDevtools: 'without DevTools’ half',
  withoutEnd: 'without an end',
  wrongEnd: 'wrong end',
  wrongHalf: 'half of another',
}

export function joinTable(tallies: readonly JoinTally[]): string {
  const keys = Object.keys(COLUMNS) as (keyof JoinTally)[]
  const rows = tallies.map((tally, run) => [`${run + 1}`, ...keys.map(key => tally[key].toLocaleString('en'))])
  return markdownTable(['run', ...Object.values(COLUMNS)], rows)
}
