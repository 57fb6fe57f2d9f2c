// The shop. SHOP_SLOW=1 makes the cart half as slow again; SHOP_N_PLUS_ONE=1 has the page ask for each item.
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'

const CART_MS = process.env.SHOP_SLOW ? 180 : 120
const ITEM_MS = 60
const ITEMS = Array.from({ length: 16 }, (_, i) => ({ id: i + 1, title: `Item ${i + 1}` }))

const json = (response, value) => response.setHeader('content-type', 'application/json').end(JSON.stringify(value))

const server = createServer(async ({ url }, response) => {
  const [, id] = /^\/api\/items\/(\d+)$/.exec(url) ?? []
  if (url === '/') {
    const page = await readFile(new URL('index.html', import.meta.url), 'utf8')
    response
      .setHeader('content-type', 'text/html')
      .end(page.replace('MODE', process.env.SHOP_N_PLUS_ONE ? 'single' : 'all'))
  } else if (url === '/api/cart') setTimeout(() => json(response, { items: 3 }), CART_MS)
  else if (url === '/api/items') setTimeout(() => json(response, ITEMS), ITEM_MS)
  else if (id) setTimeout(() => json(response, ITEMS[id - 1]), ITEM_MS)
  else response.writeHead(404).end()
})
server.listen(Number(process.argv[2] ?? 4321), '127.0.0.1')
