// Test (Node): what a Prometheus server has after it has scraped a text.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { listenLocally } from '../../demo/local-server.ts'
import { waitUntil } from '../../scripts/wait-until.ts'

export interface PrometheusSample {
  metric: { __name__: string; route?: string; kind?: string; outcome?: string }
  value: number
}

export async function scrapedByPrometheus(program: string, text: string): Promise<PrometheusSample[]> {
  const folder = await mkdtemp(join(tmpdir(), 'perf-prometheus-'))
  const page = await listenLocally(
    createServer((_, response) => {
      response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }).end(text)
    }),
  )
  const scrape = { job_name: 'perf', scrape_interval: '1s', static_configs: [{ targets: [new URL(page.url).host] }] }
  const config = join(folder, 'prometheus.json')
  // JSON is YAML.
  await writeFile(config, JSON.stringify({ scrape_configs: [scrape] }))
  const flags = [`--config.file=${config}`, `--storage.tsdb.path=${folder}/data`, '--web.listen-address=127.0.0.1:0']
  const server = spawn(program, flags, { stdio: ['ignore', 'ignore', 'pipe'] })
  const ended = once(server, 'exit')
  let log = ''
  server.stderr.on('data', chunk => {
    log += chunk
  })
  try {
    const address = await waitUntil('Prometheus’ address', () => /"Listening on" address=(\S+)/.exec(log)?.[1])
    const query = new URLSearchParams({ query: '{job="perf",__name__=~"perf_.*"}' })
    return await waitUntil('the samples', async () => {
      const answer = await fetch(`http://${address}/api/v1/query?${query}`)
      const { data } = (await answer.json()) as { data?: { result: { metric: object; value: [number, string] }[] } }
      const samples = data?.result.map(({ metric, value }) => ({ metric, value: Number(value[1]) }))
      return samples?.length ? (samples as PrometheusSample[]) : undefined
    })
  } finally {
    server.kill()
    await ended
    await page.close()
    await rm(folder, { recursive: true })
  }
}
