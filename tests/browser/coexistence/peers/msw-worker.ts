// Test page: MSW with its service worker, as it is used in browsers.
import '../peer.ts'
import { HttpResponse, http } from 'msw'
import { setupWorker } from 'msw/browser'

const seen: string[] = []
const worker = setupWorker(http.get('*/mocked', () => HttpResponse.text('mocked')))
worker.events.on('request:start', ({ request }) => {
  seen.push(`${request.method} ${new URL(request.url).pathname}`)
})
const started = worker.start({ quiet: true, onUnhandledRequest: 'bypass' })

window.peer = {
  run: async call => {
    await started
    return call()
  },
  seen: () => seen,
  stop: () => worker.stop(),
}
