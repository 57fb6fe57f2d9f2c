// Page's own world (MAIN): reads Resource Timing entries by getters that a page may replace later. `toJSON` would read all of
// them at once, but it makes an object, which cost more than everything else that is done for a request.
import { TIMING_FIELDS } from '../../wire/request-columns.ts'
import { bare, getter } from '../primordials/natives.ts'

type Text = 'name' | 'initiatorType' | 'nextHopProtocol' | 'deliveryType'
type Field = Text | (typeof TIMING_FIELDS)[number]

/** Fields that a browser does not have read as undefined. */
type EntryFields = { [F in Field]: (entry: object) => F extends Text ? string : number }

export const entryFields = bare({
  name: getter(PerformanceEntry, 'name'),
  startTime: getter(PerformanceEntry, 'startTime'),
}) as EntryFields
for (const field of ['initiatorType', 'nextHopProtocol', 'deliveryType', ...TIMING_FIELDS] as const) {
  entryFields[field] ??= getter(PerformanceResourceTiming, field) as () => never
}
