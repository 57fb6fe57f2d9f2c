// Node: a running Jaeger, and a running OpenTelemetry Collector.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { waitUntil } from '../../scripts/wait-until.ts'
import { buildCollector, buildJaeger } from './build-backends.ts'

/** A span as Jaeger's query API has it. */
export interface JaegerSpan {
  traceID: string
  spanID: string
  operationName: string
  /** Microseconds. */
  startTime: number
  duration: number
  references: { refType: string; traceID: string; spanID: string }[]
  tags: { key: string; value: string | number | boolean }[]
}

export interface Jaeger {
  /** Takes OTLP over HTTP. */
  endpoint: string
  services(): Promise<string[]>
  /** All spans of the traces that have a span of this name. */
  spansOf(service: string, operation: string): Promise<JaegerSpan[]>
  stop(): Promise<void>
}

const START_TIMEOUT = 60_000
/** More than any test sends. */
const MAX_TRACES = 200_000

export async function startJaeger(): Promise<Jaeger> {
  const [otlp, query, ...others] = await freePorts(7)
  const [otlpGrpc, grpc, http, queryGrpc, admin] = others
  const child = spawn(
    await buildJaeger(),
    [
      `--collector.otlp.http.host-port=127.0.0.1:${otlp}`,
      `--collector.otlp.grpc.host-port=127.0.0.1:${otlpGrpc}`,
      `--collector.grpc-server.host-port=127.0.0.1:${grpc}`,
      `--collector.http-server.host-port=127.0.0.1:${http}`,
      `--query.http-server.host-port=127.0.0.1:${query}`,
      `--query.grpc-server.host-port=127.0.0.1:${queryGrpc}`,
      `--admin.http.host-port=127.0.0.1:${admin}`,
      `--memory.max-traces=${MAX_TRACES}`,
      '--log-level=error',
    ],
    // It would send spans of its own to itself, and its notice of end of life to us.
    { stdio: 'ignore', env: { ...process.env, OTEL_TRACES_SAMPLER: 'always_off' } },
  )
  const ask = async <T>(path: string): Promise<T> => {
    const response = await fetch(`http://127.0.0.1:${query}/api/${path}`)
    if (!response.ok) throw new Error(`Jaeger answered ${response.status} to ${path}`)
    return ((await response.json()) as { data: T }).data
  }
  await started('Jaeger', child, `http://127.0.0.1:${query}`)
  return {
    endpoint: `http://127.0.0.1:${otlp}`,
    services: async () => (await ask<string[] | null>('services')) ?? [],
    async spansOf(service, operation) {
      // Microseconds.
      const end = `${(Date.now() + 60_000) * 1_000}`
      const parameters = new URLSearchParams({ service, operation, limit: `${MAX_TRACES}`, start: '1', end })
      const traces = await ask<{ spans: JaegerSpan[] }[]>(`traces?${parameters}`)
      return traces.flatMap(({ spans }) => spans)
    },
    stop: () => stop(child),
  }
}

/** Forwards to another endpoint. */
export async function startCollector(forwardTo: string): Promise<{ endpoint: string; stop(): Promise<void> }> {
  const [port] = await freePorts(1)
  const folder = await mkdtemp(join(tmpdir(), 'perf-otelcol-'))
  const config = {
    receivers: { otlp: { protocols: { http: { endpoint: `127.0.0.1:${port}` } } } },
    exporters: { otlphttp: { endpoint: forwardTo } },
    service: {
      telemetry: { metrics: { level: 'none' }, logs: { level: 'error' } },
      pipelines: {
        traces: { receivers: ['otlp'], exporters: ['otlphttp'] },
        metrics: { receivers: ['otlp'], exporters: ['otlphttp'] },
      },
    },
  }
  const file = join(folder, 'config.json')
  await writeFile(file, JSON.stringify(config))
  const child = spawn(await buildCollector(), ['--config', `file:${file}`], { stdio: ['ignore', 'ignore', 'inherit'] })
  await started('the Collector', child, `http://127.0.0.1:${port}`)
  return {
    endpoint: `http://127.0.0.1:${port}`,
    async stop() {
      await stop(child)
      await rm(folder, { recursive: true })
    },
  }
}

/** Any answer will do. */
async function started(name: string, child: ChildProcess, url: string): Promise<void> {
  const hasAnswered = (): Promise<boolean> =>
    fetch(url).then(
      () => true,
      () => false,
    )
  await waitUntil(name, hasAnswered, START_TIMEOUT).catch(async error => {
    await stop(child)
    throw error
  })
}

async function stop(child: ChildProcess): Promise<void> {
  const ended = new Promise(resolve => child.once('exit', resolve))
  child.kill()
  await ended
}

/** All are held until each is known, so that none is given twice. */
async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer()
      await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
      return server
    }),
  )
  const ports = servers.map(server => (server.address() as AddressInfo).port)
  await Promise.all(servers.map((server: Server) => new Promise(resolve => server.close(resolve))))
  return ports
}
