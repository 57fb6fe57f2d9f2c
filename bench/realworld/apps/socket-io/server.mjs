// A chat room on Socket.IO: long polling that is upgraded to a WebSocket, polling alone, and a connection that is lost.
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { Server } from 'socket.io'
import { announce } from './announce.mjs'

const page = await readFile(new URL('./index.html', import.meta.url))
const server = createServer((request, response) => {
  if (request.url !== '/') return response.writeHead(404).end()
  response.writeHead(200, { 'content-type': 'text/html' }).end(page)
})
const io = new Server(server, { pingInterval: 2_000 })
io.on('connection', socket => {
  socket.on('message', (text, acknowledge) => {
    io.emit('message', text)
    acknowledge?.()
  })
  socket.on('file', (bytes, acknowledge) => acknowledge(bytes.length))
  // What a proxy does that restarts: the transport goes away, and the client connects again.
  socket.on('cut', () => socket.conn.close())
})
announce(server)
