// Model: an entry that Safari's Web Inspector wrote, with what HAR and Chrome's fields mean:
// https://github.com/WebKit/WebKit/blob/main/Source/WebInspectorUI/UserInterface/Controllers/HARBuilder.js
import type { CleanEntry } from './clean-entry.ts'

const CACHES = new Map([
  ['Memory Cache', 'memory'],
  ['Disk Cache', 'disk'],
])

export function fromWebKit(entry: CleanEntry): CleanEntry {
  const { fetchType = '', response, timings } = entry
  return {
    ...entry,
    _fromCache: CACHES.get(fetchType) ?? '',
    response: { ...response, _fetchedViaServiceWorker: fetchType === 'Service Worker' },
    timings: { ...timings, send: isCountedTwice(timings) ? -1 : (timings?.send ?? -1) },
  }
}

/** In a connection that was open, WebKit counts the time until the request was sent as `blocked`, and as `send` too. */
function isCountedTwice({ blocked = -1, dns = -1, connect = -1, send = -1 }: CleanEntry['timings'] = {}): boolean {
  return dns < 0 && connect < 0 && blocked > 0 && Math.abs(blocked - send) < 0.001
}
