// Node: `perf-devtools send`.
import { parseArgs } from 'node:util'
import type { Signal } from '../model/formats/otlp/otlp-http.ts'
import { writeOtlpMetricsProtobuf } from '../model/formats/otlp/otlp-metrics-writer.ts'
import { writeOtlpProtobuf } from '../model/formats/otlp/otlp-spans-writer.ts'
import type { FilePart } from '../model/formats/session/session-bytes.ts'
import { type OtlpClientOptions, SendError, sendOtlp } from '../node/otlp-client.ts'
import { GENERATOR } from '../node/session-file.ts'
import { openSession } from './open-session.ts'
import { type Command, EXIT_WORSE, type Streams, timeOf, UsageError } from './usage.ts'

/** Messages from one line of progress to the next. */
const PROGRESS_STEP = 200

interface Total {
  messages: number
  rejected: number
  reasons: Set<string>
  /** Whether the backend has no address for them. */
  unsupported?: true
}

export const sendCommand: Command = {
  name: 'send',
  summary: 'sends sessions to an OpenTelemetry backend',
  help: `perf-devtools send FILE… --endpoint URL [--header NAME=VALUE]… [--retry TIME]

Sends the operations of session files as spans, and their durations as histograms, by OTLP over HTTP: protobuf, compressed.

  --endpoint URL       such as http://localhost:4318, to which /v1/traces and /v1/metrics are added
  --header NAME=VALUE  of each request, such as an API key; may be given several times
  --retry TIME         how long to retry a message while the backend is busy or cannot be reached (default 60s)

A span has the same id each time it is sent, so the backend can recognize what it already has. A backend that stores traces only gets
no metrics. Exit code: 0; 1 if the backend rejects a part; 2 for wrong usage, a file that cannot be read, and a backend that does not
take the data.`,
  async run(args, streams) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: {
        endpoint: { type: 'string' },
        header: { type: 'string', multiple: true, default: [] },
        retry: { type: 'string', default: '60s' },
      },
      allowPositionals: true,
    })
    if (positionals.length === 0) throw new UsageError('name at least one session file.')
    const { endpoint } = values
    if (endpoint === undefined || !/^https?:\/\//i.test(endpoint) || !URL.canParse(endpoint)) {
      throw new UsageError('say where to with --endpoint, such as http://localhost:4318.')
    }
    const { username, password } = new URL(endpoint)
    if (username || password) {
      throw new UsageError(
        '--endpoint takes no user name or password: give them with --header, as authorization=Basic ….',
      )
    }
    const options: OtlpClientOptions = {
      endpoint,
      headers: Object.fromEntries(values.header.map(headerOf)),
      retryTime: timeOf('--retry', values.retry),
      onRetry: (reason, waitMs) => streams.err(`${reason}: again in ${(waitMs / 1_000).toFixed(1)} s\n`),
    }
    let rejected = 0
    for (const file of positionals) {
      const session = await openSession(file)
      const spans = await sendAll('traces', writeOtlpProtobuf(session, GENERATOR), options, streams)
      const metrics = await sendAll('metrics', writeOtlpMetricsProtobuf(session, GENERATOR), options, streams)
      rejected += spans.rejected + metrics.rejected
      const count = session.operations.length
      streams.out(
        `${file}: ${count.toLocaleString('en')} operation${count === 1 ? '' : 's'} sent${lossOf(spans, metrics)}${metrics.unsupported ? ', without metrics, which this backend does not take' : ''}\n`,
      )
    }
    return rejected > 0 ? EXIT_WORSE : 0
  },
}

async function sendAll(
  signal: Signal,
  parts: Iterable<FilePart>,
  options: OtlpClientOptions,
  { err }: Streams,
): Promise<Total> {
  const total: Total = { messages: 0, rejected: 0, reasons: new Set() }
  for (const { bytes } of parts) {
    if (bytes.length === 0) continue
    try {
      const { rejected, reason } = await sendOtlp(signal, bytes, options)
      total.rejected += rejected
      if (reason) total.reasons.add(reason)
    } catch (error) {
      if (!(error instanceof SendError)) throw error
      // Jaeger stores traces only, and answers 404 to metrics. Traces were taken at this endpoint before, so it is not misspelt.
      if (signal === 'metrics' && error.status === 404) return { ...total, unsupported: true }
      throw new UsageError(error.message)
    }
    if (++total.messages % PROGRESS_STEP === 0)
      err(`${total.messages.toLocaleString('en')} messages of ${signal} sent\n`)
  }
  return total
}

function lossOf(...totals: readonly Total[]): string {
  const rejected = totals.reduce((sum, each) => sum + each.rejected, 0)
  const reasons = [...new Set(totals.flatMap(each => [...each.reasons]))]
  if (rejected === 0 && reasons.length === 0) return ''
  return `, ${rejected.toLocaleString('en')} rejected (${reasons.join('; ') || 'no reason given'})`
}

function headerOf(text: string): [name: string, value: string] {
  const at = text.indexOf('=')
  const [name, value] = [text.slice(0, Math.max(0, at)), text.slice(at + 1)]
  try {
    new Headers([[name, value]])
  } catch {
    // The value may be a secret.
    throw new UsageError(
      `--header takes NAME=VALUE, of characters that a header may have; ${name ? `${name} has others` : 'it was given no name'}.`,
    )
  }
  return [name.toLowerCase(), value]
}
