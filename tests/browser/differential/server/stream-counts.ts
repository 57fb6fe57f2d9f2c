// Test (Node): how a case's streamed responses went, and the steps that it gives them.

export interface Stream {
  path: string
  end: 'open' | 'finished' | 'cut off'
}

export interface StreamCounts {
  start(path: string): Stream
  end(stream: Stream, finished: boolean): void
  /** Resolves with how the first stream of the path ended. */
  ended(path: string): Promise<string>
  /** Resolves when the page has allowed the path its next step. */
  step(path: string): Promise<void>
  allowStep(path: string): void
}

export function createStreamCounts(): StreamCounts {
  const streams: Stream[] = []
  let endListeners: (() => void)[] = []
  const allowed = new Map<string, number>()
  const stepping = new Map<string, () => void>()

  return {
    start(path) {
      const stream: Stream = { path, end: 'open' }
      streams.push(stream)
      return stream
    },
    end(stream, finished) {
      stream.end = finished ? 'finished' : 'cut off'
      const listeners = endListeners
      endListeners = []
      for (const listener of listeners) listener()
    },
    async ended(path) {
      for (;;) {
        const found = streams.find(stream => stream.path === path && stream.end !== 'open')
        if (found) return found.end
        await new Promise<void>(resolve => endListeners.push(resolve))
      }
    },
    async step(path) {
      const left = allowed.get(path) ?? 0
      if (left === 0) await new Promise<void>(resolve => stepping.set(path, resolve))
      stepping.delete(path)
      allowed.set(path, (allowed.get(path) ?? 0) - 1)
    },
    allowStep(path) {
      allowed.set(path, (allowed.get(path) ?? 0) + 1)
      stepping.get(path)?.()
    },
  }
}
