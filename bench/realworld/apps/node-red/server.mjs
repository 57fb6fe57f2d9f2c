// Node-RED as an embedded server: https://nodered.org/docs/user-guide/runtime/embedding
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { announce } from './announce.mjs'

const require = createRequire(import.meta.url)
const express = require('express')
const RED = require('node-red')

/** An inject node, a function and a debug node: what the tutorial "Creating your first flow" builds. */
const flow = [
  { id: 'flow', type: 'tab', label: 'Flow 1' },
  {
    id: 'inject',
    type: 'inject',
    z: 'flow',
    name: 'now',
    props: [{ p: 'payload' }],
    payload: '',
    payloadType: 'date',
    topic: '',
    repeat: '',
    crontab: '',
    once: false,
    onceDelay: 0.1,
    x: 140,
    y: 100,
    wires: [['function']],
  },
  {
    id: 'function',
    type: 'function',
    z: 'flow',
    name: 'as text',
    func: 'msg.payload = String(new Date(msg.payload)); return msg',
    outputs: 1,
    x: 320,
    y: 100,
    wires: [['debug']],
  },
  {
    id: 'debug',
    type: 'debug',
    z: 'flow',
    name: 'shown',
    active: true,
    tosidebar: true,
    complete: 'payload',
    targetType: 'msg',
    x: 500,
    y: 100,
    wires: [],
  },
]

const app = express()
const server = createServer(app)
RED.init(server, {
  httpAdminRoot: '/',
  httpNodeRoot: '/api',
  userDir: new URL('./user', import.meta.url).pathname,
  storageModule: {
    // In memory: every run begins with the same flow.
    init: async () => undefined,
    getFlows: async () => flow,
    saveFlows: async () => undefined,
    getCredentials: async () => ({}),
    saveCredentials: async () => undefined,
    getSettings: async () => ({}),
    saveSettings: async () => undefined,
    getSessions: async () => ({}),
    saveSessions: async () => undefined,
    getLibraryEntry: async () => [],
    saveLibraryEntry: async () => undefined,
  },
  logging: { console: { level: 'off' } },
  telemetry: { enabled: false, updateNotification: false },
  // The editor asks no other machine for anything.
  editorTheme: { tours: false, palette: { editable: false, catalogues: [] }, projects: { enabled: false } },
  externalModules: { autoInstall: false, palette: { allowInstall: false } },
})
app.use('/api', RED.httpNode)
app.use('/', RED.httpAdmin)
await RED.start()
announce(server)
