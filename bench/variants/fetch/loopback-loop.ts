// Page, last: real requests to the server that the page comes from, one after the other.
import { expose } from '../expose.ts'

const urls = Array.from({ length: 100 }, (_, index) => `/api/items/${index}?page=${index % 7}`)

expose(async (_operation, index) => (await fetch(urls[index % 100] ?? '')).text())
