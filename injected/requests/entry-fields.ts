// Page's own world (MAIN): reads Resource Timing entries by getters that a page may replace later. One by one: `toJSON`
// makes an object of all that an entry has, which cost more than the rest of what is done for a request.
import { TIMING_FIELDS } from '../../wire/request-columns.ts'
import { bare, getter } from '../primordials/natives.ts'

type Text = 'name' | 'initiatorType' | 'nextHopProtocol' | 'deliveryType'
type Field = Text | 'finalResponseHeadersStart' | (typeof TIMING_FIELDS)[number]

/** Firefox has not all of them: they read undefined. */
type EntryFields = { [F in Field]: (entry: object) => F extends Text ? string : number }

export const entryFields = bare({
  name: getter(PerformanceEntry, 'name'),
  startTime: getter(PerformanceEntry, 'startTime'),
}) as EntryFields
for (const field of [
  'initiatorType',
  'nextHopProtocol',
  'deliveryType',
  'finalResponseHeadersStart',
  ...TIMING_FIELDS,
] as const) {
  entryFields[field] ??= getter(PerformanceResourceTiming, field) as () => never
}
