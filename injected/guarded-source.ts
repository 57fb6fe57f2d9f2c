// Page's own world (MAIN): makes a source safe to read that somebody else registered. It may be of another version
// of the library or the page's own code, so its exceptions are caught and its data is checked.

import { MAX_SNAPSHOTS } from '../monitor/memory-monitor.ts'
import { MAX_NAME_LENGTH } from '../monitor/performance-monitor.ts'
import { toErrorData, toPlainData } from '../monitor/plain-data.ts'
import type { News, RawDetail, Source } from '../monitor/registry.ts'
import type { Snapshot } from '../wire/batch.ts'
import { areColumns } from '../wire/operation-guard.ts'
import type { RawOperationColumns, RowDetail } from '../wire/operations.ts'
import { truncate } from '../wire/truncate.ts'

/** Characters kept of a snapshot's label: a little more than the monitor keeps. */
const MAX_LABEL_LENGTH = 3_000

/** News that can be sent without further checks. */
export interface CheckedNews extends Omit<News, 'operations'> {
  operations?: RawOperationColumns | undefined
  /** How much was dropped for not being valid. */
  malformed?: number
}

/** A source of our own, or a guarded one: it does not throw. */
export interface CheckedSource extends Pick<Source, 'listen'> {
  read(limit: number): CheckedNews
}

export function guardSource(source: Source): CheckedSource {
  let threw = false
  return {
    listen(onNews) {
      try {
        source.listen(onNews)
      } catch {
        // It can't announce news, but it is read together with the others.
      }
    },
    read(limit) {
      try {
        return checked(source.read(limit))
      } catch {
        // Nobody knows how much is missing of a source that throws each time, so this is reported once.
        const malformed = threw ? 0 : 1
        threw = true
        return { lost: 0, more: false, malformed }
      }
    },
  }
}

function checked({ operations, snapshots, lost, summary, more }: News): CheckedNews {
  const news: CheckedNews = { lost: Number.isSafeInteger(lost) && lost > 0 ? lost : 0, more: more === true }
  let malformed = 0
  // A copy certainly holds plain numbers. The background checks their values.
  if (summary instanceof Float64Array) news.summary = new Float64Array(summary)
  if (operations !== undefined) {
    if (areColumns(operations)) news.operations = plainColumns(operations)
    else malformed++
  }
  if (snapshots !== undefined) {
    news.snapshots = Array.isArray(snapshots) ? snapshots.slice(0, MAX_SNAPSHOTS).flatMap(checkedSnapshot) : []
    malformed += Array.isArray(snapshots) ? snapshots.length - news.snapshots.length : 1
  }
  return malformed > 0 ? { ...news, malformed } : news
}

/** Any further members could be anything, even something that can't be cloned. */
function plainColumns(columns: RawOperationColumns<RawDetail>): RawOperationColumns {
  const { id, kind, outcome, name, start, duration, parent, strings, details } = columns
  const plain = details.map(plainDetail)
  // A copy is certainly no Proxy, which can't be cloned.
  return {
    id,
    kind,
    outcome,
    name,
    start,
    duration,
    parent,
    strings: [...strings].map(text => truncate(text, MAX_NAME_LENGTH)),
    details: plain,
    requests: undefined,
  }
}

function plainDetail([row, raw]: [row: number, raw: RawDetail]): [number, RowDetail] {
  const detail: RowDetail = {}
  if (raw.metadata !== undefined) detail.metadata = toPlainData(raw.metadata)
  if (Object.hasOwn(raw, 'error')) detail.error = toErrorData(raw.error)
  return [row, detail]
}

function checkedSnapshot({ label, time, usedBytes }: Snapshot): Snapshot[] {
  if (typeof label !== 'string' || label.length > MAX_LABEL_LENGTH || !Number.isFinite(time)) return []
  const snapshot = { label: truncate(label, MAX_LABEL_LENGTH), time }
  if (usedBytes === undefined) return [snapshot]
  return Number.isFinite(usedBytes) && usedBytes >= 0 ? [{ ...snapshot, usedBytes }] : []
}
