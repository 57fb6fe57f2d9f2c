// Page, last: calls that make no request.
import { expose } from '../expose.ts'

/** As many as a page has, again and again. */
const urls = Array.from({ length: 100 }, (_, index) => `/api/items/${index}?page=${index % 7}`)

expose((_operation, index) => fetch(urls[index % 100] ?? ''))
