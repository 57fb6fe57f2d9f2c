// Test (Node): a server that takes OTLP as a collector does, and reads it strictly.
import { createServer } from 'node:http'
import { gunzipSync } from 'node:zlib'
import { listenLocally } from '../../demo/local-server.ts'
import { readOtlpProtobuf } from '../unit/model/formats/otlp/otlp-reader.ts'

interface Span {
  spanId: string
  name: string
  attributes: { key: string; value: { stringValue?: string; intValue?: string } }[]
}

/** What a collector was sent; with `isSilent` it takes a message and gives no answer. */
export async function startCollector() {
  const state = { isSilent: false, spans: [] as Span[], histograms: 0 }
  const server = await listenLocally(
    createServer(async (request, response) => {
      const parts: Buffer[] = []
      for await (const part of request) parts.push(part as Buffer)
      const body = gunzipSync(Buffer.concat(parts))
      if (request.url === '/v1/traces') {
        const { resourceSpans } = readOtlpProtobuf(body, 'spans') as unknown as {
          resourceSpans: { scopeSpans: { spans: Span[] }[] }[]
        }
        for (const { scopeSpans } of resourceSpans) for (const { spans } of scopeSpans) state.spans.push(...spans)
      } else if (request.url === '/v1/metrics') {
        JSON.stringify(readOtlpProtobuf(body, 'metrics'), (key, value: unknown) => {
          if (key === 'dataPoints')
            for (const { count } of value as { count: string }[]) state.histograms += Number(count)
          return value
        })
      }
      if (!state.isSilent) response.end()
    }),
  )
  return { ...server, state }
}
