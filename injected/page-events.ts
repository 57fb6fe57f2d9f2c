// Page's own world (MAIN): interactions, changes of visibility, soft navigations and long animation frames. A PerformanceObserver
// reports all of them, so no function is patched and no listener is added. The page's text is not read, and neither are the query and
// the user of URLs. A soft navigation is what the browser takes for one: `history.pushState` without an interaction is none.
// https://wicg.github.io/soft-navigations/

import { now } from '../monitor/clock.ts'
import type { PageEvent } from '../wire/batch.ts'
import { apply, bare, entriesOf, getter, match, NativePerformanceObserver, withoutUser } from './primordials/natives.ts'
import { entryFields } from './requests/entry-fields.ts'

/** Events kept from one batch to the next. More are dropped and counted as lost samples. */
export const MAX_PAGE_EVENTS = 1_000
/** Milliseconds from which an interaction is reported: no browser reports shorter ones. https://w3c.github.io/event-timing/ */
const MIN_INTERACTION = 16

/** By the type of the entry. Browsers report nothing of a type that they do not have. */
const TYPES: Partial<Record<string, PageEvent['type']>> = bare({
  event: 'interaction',
  'visibility-state': 'visibility',
  'soft-navigation': 'soft-navigation',
  'long-animation-frame': 'long-animation-frame',
})

const classes = globalThis as unknown as { [name: string]: { prototype: object } | undefined }
/** Firefox lacks some of the classes. */
const reader = (name: string, field: string): ((entry: object) => unknown) => {
  const found = classes[name]
  return found ? getter(found, field) : () => undefined
}
const entryType = getter(PerformanceEntry, 'entryType') as (entry: object) => string
const durationOf = getter(PerformanceEntry, 'duration') as (entry: object) => number
const interactionId = reader('PerformanceEventTiming', 'interactionId')
const scriptsOf = reader('PerformanceLongAnimationFrameTiming', 'scripts')
const scriptUrl = reader('PerformanceScriptTiming', 'sourceURL')
const { observe, takeRecords, disconnect } = NativePerformanceObserver.prototype

export interface PageEvents {
  /** Events that begin while it is off are not recorded. */
  record(on: boolean): void
  /** Those since the last call. */
  take(): PageEvent[]
  /** How many were dropped since the last call. */
  takeDropped(): number
  stop(): void
}

/** @param onNews called when there are events to be taken. */
export function observePageEvents(onNews: () => void): PageEvents {
  let events: PageEvent[] = bare([])
  let dropped = 0
  /** Events that began before this moment are not recorded. Infinite while recording is off. */
  let since = 0

  const add = (entries: readonly PerformanceEntry[]): void => {
    for (let i = 0; i < entries.length; i++) {
      const entry = entries[i] as PerformanceEntry
      const start = entryFields.startTime(entry)
      const type = TYPES[entryType(entry)]
      const id = type === 'interaction' ? (interactionId(entry) as number | undefined) || 0 : 0
      // An event without an id is no interaction: a pointer that moves, for example.
      if (!type || start < since || (type === 'interaction' && id === 0)) continue
      if (events.length >= MAX_PAGE_EVENTS) dropped++
      else events[events.length] = bare({ type, start, duration: durationOf(entry), name: nameOf(type, entry), id })
    }
  }
  const observer = new NativePerformanceObserver(list => {
    add(apply(entriesOf, list, []))
    if (events.length > 0) onNews()
  })
  // A browser logs a warning for a type that it does not know: https://bugzilla.mozilla.org/show_bug.cgi?id=1348405
  const known = NativePerformanceObserver.supportedEntryTypes
  for (let i = 0; i < known.length; i++) {
    const type = known[i] as string
    if (TYPES[type]) apply(observe, observer, [bare({ type, durationThreshold: MIN_INTERACTION })])
  }
  return {
    record(on) {
      since = on ? (since === 0 ? 0 : now()) : Number.POSITIVE_INFINITY
    },
    take() {
      add(apply(takeRecords, observer, []))
      const taken = events
      events = bare([])
      return taken
    },
    takeDropped() {
      const count = dropped
      dropped = 0
      return count
    },
    stop() {
      apply(disconnect, observer, [])
    },
  }
}

function nameOf(type: PageEvent['type'], entry: PerformanceEntry): string {
  if (type !== 'long-animation-frame') {
    const name = entryFields.name(entry)
    return type === 'soft-navigation' ? withoutQuery(name) : name
  }
  const scripts = (scriptsOf(entry) ?? []) as object[]
  let longest = 0
  let url = ''
  for (let i = 0; i < scripts.length; i++) {
    const script = scripts[i] as object
    if (durationOf(script) <= longest) continue
    longest = durationOf(script)
    url = withoutQuery(scriptUrl(script) as string)
  }
  return url
}

/** A URL without user and query, and with a fragment only if that is a path. */
function withoutQuery(url: string): string {
  return (match(/^[^?#]{0,2000}(?:#!?\/[^?]{0,500})?/, withoutUser(url)) as RegExpExecArray)[0]
}
