// World: Node, entry. Serves the demo alone: `npx tsx demo/main.ts [port]`.

import { startDemoServer } from './server.ts'

const port = Number(process.argv[2] ?? 0)
const demo = await startDemoServer({ port })
console.log(`Demo: ${demo.url}  (self-driving: ${demo.url}/?auto)`)
