// A Vite development server for a React app with React Query and Axios, and the API that the app calls.
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { createServer as createVite } from 'vite'
import { announce } from './announce.mjs'

const TODOS = Array.from({ length: 60 }, (_, i) => ({ id: i + 1, title: `todo ${i + 1}`, done: i % 3 === 0 }))
/** Of three calls of the unreliable resource one is answered that it is busy, and one answer breaks off. */
let unreliable = 0
const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': '*',
  'access-control-allow-methods': 'GET, POST, PATCH',
}

async function answerApi(request, response) {
  const { pathname, searchParams } = new URL(request.url, 'http://api.invalid')
  const json = (status, value, delay = 0) =>
    setTimeout(
      () => response.writeHead(status, { 'content-type': 'application/json', ...CORS }).end(JSON.stringify(value)),
      delay,
    )
  if (request.method === 'OPTIONS') return response.writeHead(204, CORS).end()
  const [, , resource, id] = pathname.split('/')
  if (resource === 'search') {
    const found = TODOS.filter(({ title }) => title.includes(searchParams.get('q') ?? ''))
    return json(200, found.slice(0, 5), 250)
  }
  if (resource === 'todos' && request.method === 'GET') {
    if (id !== undefined) return json(TODOS[id - 1] ? 200 : 404, TODOS[id - 1] ?? { error: 'no such todo' }, 30)
    const page = Number(searchParams.get('page') ?? 0)
    return json(200, { items: TODOS.slice(page * 20, page * 20 + 20), next: page < 2 ? page + 1 : null }, 40)
  }
  if (resource === 'todos') {
    let body = ''
    for await (const chunk of request) body += chunk
    const todo = TODOS[id - 1]
    if (todo && request.method === 'PATCH') Object.assign(todo, JSON.parse(body))
    return json(todo ? 200 : 404, todo ?? {}, 60)
  }
  if (resource === 'unreliable') {
    const turn = unreliable++ % 3
    if (turn === 0) return json(503, { error: 'busy' })
    if (turn === 2) return json(200, { fine: true })
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': 1_000, ...CORS })
    return response.write('{', () => response.destroy())
  }
  if (resource === 'status') return json(200, { time: Date.now() })
  if (resource === 'visit') return response.writeHead(204).end()
  if (resource === 'upload') {
    let size = 0
    for await (const chunk of request) size += chunk.length
    return json(201, { size }, 50)
  }
  if (resource === 'events') {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
    let n = 0
    const timer = setInterval(() => response.write(`event: tick\nid: ${n}\ndata: ${n++}\n\n`), 150)
    response.once('close', () => clearInterval(timer))
    return
  }
  json(404, { error: `no ${pathname}` })
}

const server = createServer((request, response) => {
  if (request.url.startsWith('/api/')) void answerApi(request, response)
  else vite.middlewares(request, response)
})
const vite = await createVite({
  root: fileURLToPath(new URL('.', import.meta.url)),
  configFile: false,
  logLevel: 'silent',
  server: { middlewareMode: true, hmr: { server } },
  oxc: { jsx: { runtime: 'automatic' } },
})
announce(server)
