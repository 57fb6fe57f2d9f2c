// Swagger UI, for a small API that this server answers too.
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { announce } from './announce.mjs'

const files = createRequire(import.meta.url)('swagger-ui-dist').getAbsoluteFSPath()
const TYPES = { html: 'text/html', js: 'text/javascript', css: 'text/css', png: 'image/png', json: 'application/json' }

const PAGE = `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <title>Pets API</title>
  <link rel="icon" href="/favicon-16x16.png">
  <link rel="stylesheet" href="/swagger-ui.css">
</head>
<body>
  <div id="swagger-ui"></div>
  <script src="/swagger-ui-bundle.js"></script>
  <script>
    SwaggerUIBundle({ url: '/openapi.json', dom_id: '#swagger-ui', validatorUrl: null, tryItOutEnabled: true })
  </script>
</body>
</html>`

const pets = new Map([
  [1, { id: 1, name: 'Rex' }],
  [2, { id: 2, name: 'Tom' }],
])

const json = { 'application/json': { schema: { $ref: '#/components/schemas/Pet' } } }
const id = { name: 'id', in: 'path', required: true, schema: { type: 'integer' } }
const answers = (...codes) => Object.fromEntries(codes.map(code => [code, { description: String(code) }]))
const OPENAPI = {
  openapi: '3.0.3',
  info: { title: 'Pets', version: '1.0.0' },
  paths: {
    '/pets': {
      get: {
        operationId: 'listPets',
        parameters: [{ name: 'limit', in: 'query', schema: { type: 'integer', default: 10 } }],
        responses: answers(200),
      },
      post: { operationId: 'addPet', requestBody: { content: json }, responses: answers(201) },
    },
    '/pets/{id}': {
      get: { operationId: 'getPet', parameters: [id], responses: answers(200, 404) },
      put: { operationId: 'updatePet', parameters: [id], requestBody: { content: json }, responses: answers(200, 404) },
      delete: { operationId: 'removePet', parameters: [id], responses: answers(204) },
    },
    '/slow': { get: { operationId: 'slow', responses: answers(200) } },
    '/broken': { get: { operationId: 'broken', responses: answers(500) } },
  },
  components: {
    schemas: { Pet: { type: 'object', properties: { id: { type: 'integer' }, name: { type: 'string' } } } },
  },
}

async function bodyOf(request) {
  const chunks = []
  for await (const chunk of request) chunks.push(chunk)
  return JSON.parse(Buffer.concat(chunks).toString() || '{}')
}

async function answer(request, response) {
  const { pathname } = new URL(request.url, 'http://api.invalid')
  const send = (status, value) =>
    response.writeHead(status, { 'content-type': TYPES.json }).end(value === undefined ? '' : JSON.stringify(value))
  const [, collection, given] = pathname.split('/')
  if (pathname === '/') return response.writeHead(200, { 'content-type': TYPES.html }).end(PAGE)
  if (pathname === '/openapi.json') return send(200, OPENAPI)
  if (pathname === '/slow') return setTimeout(send, 400, 200, { slow: true })
  if (pathname === '/broken') return send(500, { error: 'broken' })
  if (collection === 'pets') {
    if (request.method === 'POST') {
      const pet = await bodyOf(request)
      pets.set(pet.id, pet)
      return send(201, pet)
    }
    if (given === undefined) return send(200, [...pets.values()])
    if (request.method === 'DELETE') return send(pets.delete(Number(given)) ? 204 : 404)
    const pet = pets.get(Number(given))
    if (request.method === 'PUT' && pet) Object.assign(pet, await bodyOf(request))
    return pet ? send(200, pet) : send(404, { error: `no pet ${given}` })
  }
  const file = await readFile(join(files, pathname)).catch(() => undefined)
  if (file === undefined) return send(404, { error: `no file ${pathname}` })
  response.writeHead(200, { 'content-type': TYPES[pathname.split('.').at(-1)] ?? 'application/octet-stream' }).end(file)
}

announce(createServer((request, response) => void answer(request, response)))
