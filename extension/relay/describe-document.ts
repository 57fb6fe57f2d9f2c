// Isolated world of each frame: what is sent to the background about the document that a relay is in.
import type { DocumentInfo } from '../../wire/batch.ts'
import { measureResolution } from '../../wire/clock-resolution.ts'
import { redactUrl } from '../../wire/redact-url.ts'
import { truncate } from '../../wire/truncate.ts'

/** Steps of the clock that are measured: more would be no better, and cost each document half a millisecond. */
const CLOCK_STEPS = 2
/** Characters of a title or URL that are sent: a page may have megabytes of either. */
const MAX_TEXT_LENGTH = 10_000

export function documentTitle(): string {
  return truncate(document.title, MAX_TEXT_LENGTH)
}

/** @param stream names the recording of this document. */
export function describeDocument(stream: string, memoryAvailable: boolean): DocumentInfo {
  const [navigation] = performance.getEntriesByType('navigation')
  return {
    stream,
    timeOrigin: performance.timeOrigin,
    clockResolution: measureResolution(() => performance.now(), CLOCK_STEPS),
    memoryAvailable,
    navigationType: (navigation as PerformanceNavigationTiming | undefined)?.type ?? 'navigate',
    frameId: 0,
    url: truncate(redactUrl(location.href), MAX_TEXT_LENGTH),
    title: documentTitle(),
    userAgent: navigator.userAgent,
  }
}
