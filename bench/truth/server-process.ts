// Node, a process of its own: the test server. In the bench's own process the protocol log's messages would keep it
// from seeing a request when it comes.
import { fileURLToPath } from 'node:url'
import { bundle } from '../harness/bundle.ts'
import { servePages } from '../harness/page-server.ts'
import { raisePriority } from '../harness/raise-priority.ts'
import { planRequests } from './request-plan.ts'
import { createTruthServer } from './truth-server.ts'

// Its clock tells when it was woken: the sooner, the truer.
raisePriority(process.pid, 'The test server')
const script = await bundle(fileURLToPath(new URL('./page-script.ts', import.meta.url)))
const { answer, served } = createTruthServer()
const server = await servePages(new Map([['truth', script]]), answer)
// What is done for the first time takes its time: it has all been done before.
for (const { url, method, ...planned } of planRequests(server.origin, server.origin, 0)) {
  const body = method === 'POST' ? JSON.stringify({ ...planned, headersAfter: 0, bodyAfter: 0 }) : null
  const response = await fetch(url.replace(/&[ab]=\d+/g, ''), { method, body }).catch(() => undefined)
  await response?.arrayBuffer()
}
process.on('message', () => process.send?.({ served: [...served] }))
process.on('disconnect', () => void server.stop().then(() => process.exit()))
process.send?.({ origin: server.origin, page: server.pageUrl('truth') })
