// Test (Node): the packed library in a Next.js application, built by either of its bundlers.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Consumer, createConsumer } from './consumer.ts'
import { NEXT_APP } from './next-app.ts'

const NEXT = '../node_modules/next/dist/bin/next'
let consumer: Consumer

beforeAll(async () => {
  consumer = await createConsumer({ next: '16.4.6', react: '19.3.1', 'react-dom': '19.3.1' })
  for (const [path, text] of Object.entries(NEXT_APP)) await consumer.write(`app/${path}`, text)
}, 600_000)
afterAll(() => consumer.remove())

/** Starts the built application; returns where it listens, and what ends it. */
async function serve(env: NodeJS.ProcessEnv): Promise<{ url: string; stop(): Promise<void> }> {
  const server = spawn(process.execPath, [NEXT, 'start', '--port', '0'], { cwd: `${consumer.folder}/app`, env })
  const ended = once(server, 'exit')
  const stop = async (): Promise<void> => {
    server.kill()
    await ended
  }
  for await (const line of createInterface(server.stdout)) {
    const [url] = /http:\/\/localhost:\d+/.exec(line) ?? []
    if (url) return { url, stop }
  }
  throw new Error('next start printed no address')
}

test.each(['webpack', 'turbopack'])(
  'works in pages, routes and at the edge, built by %s',
  async bundler => {
    const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1', DIST: `.next-${bundler}` }
    await consumer.run(process.execPath, [NEXT, 'build', `--${bundler}`], { cwd: `${consumer.folder}/app`, env })
    const { url, stop } = await serve(env)
    try {
      const page = await (await fetch(url)).text()
      const shown = /<p>(.*?)<\/p><button>(.*?)<\/button>/.exec(page)
      expect(JSON.parse((shown?.[1] ?? '').replaceAll('&quot;', '"'))).toEqual([
        ['part of page', true],
        ['page', false],
      ])
      expect(shown?.[2]).toBe('function')
      // One monitor for all of a server, however many copies of the library its bundles have.
      expect(await (await fetch(`${url}/api`)).json()).toEqual([
        ['part of page', true],
        ['page', false],
        ['part of api', true],
        ['api', false],
      ])
      // The edge runtime is a realm of its own, and has no AsyncLocalStorage of Node.
      expect(await (await fetch(`${url}/edge`)).json()).toEqual([
        ['part of edge', false],
        ['edge', false],
      ])
    } finally {
      await stop()
    }
  },
  600_000,
)
