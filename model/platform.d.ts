// Any world: the few Web APIs that the model uses, as browsers, their workers and Node all have them
// (https://min-common-api.proposal.wintertc.org). The DOM's types are kept out, so that `document` does not compile here.

declare class TextEncoder {
  encode(text?: string): Uint8Array<ArrayBuffer>
  encodeInto(text: string, target: Uint8Array): { read: number; written: number }
}

declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean })
  decode(bytes?: Uint8Array, options?: { stream?: boolean }): string
}

interface WritableStream<Chunk> {
  readonly locked: boolean
  abort(reason?: Chunk): Promise<void>
}

interface ReadableStream<Chunk> {
  getReader(): { read(): Promise<{ done: false; value: Chunk } | { done: true; value?: undefined }> }
  pipeThrough<Out>(pair: { readable: ReadableStream<Out>; writable: WritableStream<Chunk> }): ReadableStream<Out>
}

interface Blob {
  readonly size: number
  slice(start: number, end: number): Blob
  arrayBuffer(): Promise<ArrayBuffer>
  stream(): ReadableStream<Uint8Array<ArrayBuffer>>
}

declare class TransformStream<In, Out> {
  constructor(transformer: { transform(chunk: In, controller: { enqueue(chunk: Out): void }): void })
  readonly readable: ReadableStream<Out>
  readonly writable: WritableStream<In>
}

declare class DecompressionStream {
  constructor(format: 'gzip')
  readonly readable: ReadableStream<Uint8Array<ArrayBuffer>>
  readonly writable: WritableStream<Uint8Array<ArrayBuffer>>
}

declare class CompressionStream {
  constructor(format: 'gzip')
  readonly readable: ReadableStream<Uint8Array<ArrayBuffer>>
  readonly writable: WritableStream<Uint8Array<ArrayBuffer>>
}

declare class AbortSignal {
  static timeout(milliseconds: number): AbortSignal
}

declare class Response {
  constructor(body: Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array<ArrayBuffer>>)
  readonly ok: boolean
  readonly status: number
  readonly statusText: string
  readonly headers: { get(name: string): string | null }
  readonly body: ReadableStream<Uint8Array<ArrayBuffer>>
  arrayBuffer(): Promise<ArrayBuffer>
}

declare function fetch(
  url: string,
  request: {
    method: string
    headers: Record<string, string>
    body: Uint8Array<ArrayBuffer>
    credentials: 'omit'
    signal: AbortSignal
  },
): Promise<Response>

declare class URL {
  static canParse(url: string): boolean
}
