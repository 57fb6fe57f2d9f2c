// Page. What Datadog's RUM and logs subscribe to; the subscriber does nothing.
import { initFetchObservable } from '@datadog/browser-core'

initFetchObservable().subscribe(() => undefined)
