// Node, a process of its own: the test server. In the bench's own process the protocol log's messages would keep it
// from seeing a request when it comes.
import { fileURLToPath } from 'node:url'
import { bundle } from '../harness/bundle.ts'
import { servePages } from '../harness/page-server.ts'
import { createTruthServer } from './truth-server.ts'

const script = await bundle(fileURLToPath(new URL('./page-script.ts', import.meta.url)))
const { answer, served } = createTruthServer()
const server = await servePages(new Map([['truth', script]]), answer)
process.on('message', () => process.send?.({ served: [...served] }))
process.on('disconnect', () => void server.stop().then(() => process.exit()))
process.send?.({ origin: server.origin, page: server.pageUrl('truth') })
