// World: Node. Firefox's own remote protocol, the only one that reaches its DevTools: messages of JSON with their length
// before them, over TCP. https://firefox-source-docs.mozilla.org/testing/marionette/Protocol.html

import { connect } from 'node:net'

export interface Marionette {
  /** Resolves with the answer; rejects with what Firefox says is wrong. */
  send(command: string, parameters?: object): Promise<unknown>
  close(): void
}

interface Waiting {
  resolve(answer: unknown): void
  reject(error: Error): void
}

export function connectMarionette(port: number): Marionette {
  const socket = connect(port, '127.0.0.1')
  const waiting = new Map<number, Waiting>()
  let received = Buffer.alloc(0)
  let lastId = 0

  const take = (message: unknown): void => {
    // The first message is the server's greeting.
    if (!Array.isArray(message)) return
    const [, id, error, answer] = message as [number, number, { message: string } | null, unknown]
    const { resolve, reject } = waiting.get(id) ?? {}
    waiting.delete(id)
    if (error) reject?.(new Error(error.message))
    else resolve?.(answer)
  }

  const failAll = (error: Error): void => {
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  }

  socket.on('data', data => {
    received = Buffer.concat([received, data])
    for (;;) {
      const start = received.indexOf(':') + 1
      const end = start + Number(received.subarray(0, start - 1))
      if (start === 0 || received.length < end) return
      const message: unknown = JSON.parse(received.subarray(start, end).toString())
      received = received.subarray(end)
      take(message)
    }
  })
  socket.on('error', failAll)
  socket.on('close', () => failAll(new Error('Firefox has closed the connection.')))

  return {
    send(command, parameters = {}) {
      const id = ++lastId
      const text = JSON.stringify([0, id, command, parameters])
      socket.write(`${Buffer.byteLength(text)}:${text}`)
      return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }))
    },
    close: () => socket.destroy(),
  }
}
