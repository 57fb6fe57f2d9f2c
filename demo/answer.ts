// World: Node. What the demo's API routes have in common: a JSON answer, a bounded number asked for.

import type { ServerResponse } from 'node:http'

export function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
  })
  response.end(JSON.stringify(body))
}

/** A query parameter as a number within [0, max]; the fallback when it is absent or no number. */
export function numberParameter(url: URL, name: string, fallback: number, max: number): number {
  const text = url.searchParams.get(name)
  const value = text === null ? fallback : Number(text)
  return Number.isFinite(value) ? Math.min(Math.max(value, 0), max) : fallback
}
