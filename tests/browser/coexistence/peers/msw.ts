// Test page: the interceptors that MSW stands on where it has no service worker: they replace fetch and
// XMLHttpRequest, and answer what is mocked.
import '../peer.ts'
import { BatchInterceptor } from '@mswjs/interceptors'
import { FetchInterceptor } from '@mswjs/interceptors/fetch'
import { XMLHttpRequestInterceptor } from '@mswjs/interceptors/XMLHttpRequest'

const seen: string[] = []
const interceptor = new BatchInterceptor({
  name: 'test',
  interceptors: [new FetchInterceptor(), new XMLHttpRequestInterceptor()],
})
interceptor.on('request', ({ request, controller }) => {
  const { pathname } = new URL(request.url)
  seen.push(`${request.method} ${pathname}`)
  if (pathname === '/mocked') controller.respondWith(new Response('mocked'))
})
interceptor.apply()

window.peer = {
  run: call => call(),
  seen: () => seen,
  stop: () => interceptor.dispose(),
}
