// Node. The part of a WebSocket server that the tests need: text, bytes and close, in short frames.
// https://www.rfc-editor.org/rfc/rfc6455
import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'

const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'
const CLOSE = 8

/** Echoes what comes; `/ws/refuse` refuses, `/ws/close?code=…&reason=…` closes at once, `?protocol=…` picks one. */
export function acceptWebSocket(request: IncomingMessage, socket: Duplex): void {
  socket.on('error', () => socket.destroy())
  // A client that goes away while the connection opens sends no close frame, and Node leaves an upgraded socket half open.
  socket.on('end', () => socket.end())
  const url = new URL(request.url ?? '/', 'http://server.invalid')
  const key = request.headers['sec-websocket-key']
  if (url.pathname === '/ws/refuse' || key === undefined) {
    socket.end('HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n')
    return
  }
  const protocol = url.searchParams.get('protocol')
  const accept = createHash('sha1')
    .update(key + GUID)
    .digest('base64')
  socket.write(
    [
      'HTTP/1.1 101 Switching Protocols',
      'Upgrade: websocket',
      'Connection: Upgrade',
      `Sec-WebSocket-Accept: ${accept}`,
      ...(protocol === null ? [] : [`Sec-WebSocket-Protocol: ${protocol}`]),
      '\r\n',
    ].join('\r\n'),
  )
  if (url.pathname === '/ws/close') {
    // The client's answer ends it.
    socket.once('data', () => socket.end())
    const code = Buffer.alloc(2)
    code.writeUInt16BE(Number(url.searchParams.get('code') ?? 1000))
    socket.write(frame(CLOSE, Buffer.concat([code, Buffer.from(url.searchParams.get('reason') ?? '')])))
  }
  if (url.pathname !== '/ws/echo') return
  let received = Buffer.alloc(0)
  socket.on('data', (data: Buffer) => {
    received = Buffer.concat([received, data])
    for (let length = echoFirst(received, socket); length > 0; length = echoFirst(received, socket)) {
      received = received.subarray(length)
    }
  })
}

/** Answers the first complete frame in `data`, and returns its length; 0 if there is none. */
function echoFirst(data: Buffer, socket: Duplex): number {
  const short = (data[1] ?? 0) & 0x7f
  const wide = short === 126
  const start = (wide ? 4 : 2) + 4
  if (data.length < start) return 0
  const length = wide ? data.readUInt16BE(2) : short
  if (data.length < start + length) return 0
  const opcode = (data[0] ?? 0) & 0x0f
  const payload = Buffer.from(data.subarray(start, start + length)).map(
    (byte, i) => byte ^ (data[start - 4 + (i % 4)] ?? 0),
  )
  socket.write(frame(opcode, Buffer.from(payload)))
  if (opcode === CLOSE) socket.end()
  return start + length
}

function frame(opcode: number, payload: Buffer): Buffer {
  const head =
    payload.length < 126 ? Buffer.from([0x80 | opcode, payload.length]) : Buffer.from([0x80 | opcode, 126, 0, 0])
  if (payload.length >= 126) head.writeUInt16BE(payload.length, 2)
  return Buffer.concat([head, payload])
}
