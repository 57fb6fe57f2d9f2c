// Node: the Model Context Protocol over standard input and output: JSON-RPC, a message a line
// (https://modelcontextprotocol.io/specification/2025-06-18/basic). Of the protocol a server with tools alone needs four
// methods, so they are here, and the package stays without its SDK.
import { createInterface } from 'node:readline'
import { VERSION } from '../../monitor/version.ts'
import { createTools, type Tool, ToolError } from './tools.ts'

/** Newest first. They do not differ in what is used here. */
const PROTOCOLS = ['2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05']

/** Codes of JSON-RPC: https://www.jsonrpc.org/specification#error_object */
const PARSE_ERROR = -32_700
const INVALID_REQUEST = -32_600
const UNKNOWN_METHOD = -32_601
const INVALID_PARAMS = -32_602
const INTERNAL_ERROR = -32_603

interface Request {
  id?: unknown
  method?: unknown
  params?: Record<string, unknown>
  result?: unknown
  error?: unknown
}

class RpcError extends Error {
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message)
  }
}

/** Resolves when the input has ended, and all that was asked is answered. */
export async function serve(input: NodeJS.ReadableStream, write: (text: string) => void): Promise<void> {
  const tools = createTools()
  const running = new Set<Promise<void>>()
  for await (const line of createInterface({ input })) {
    if (line.trim() === '') continue
    const answered = answerLine(line, tools).then(answers => {
      if (answers !== undefined) write(`${JSON.stringify(answers)}\n`)
    })
    running.add(answered)
    void answered.then(() => running.delete(answered))
  }
  await Promise.all(running)
}

/** Undefined where nothing is to be answered. */
async function answerLine(line: string, tools: readonly Tool[]): Promise<unknown> {
  let message: unknown
  try {
    message = JSON.parse(line)
  } catch {
    return answerTo(null, { error: { code: PARSE_ERROR, message: 'The message is not JSON.' } })
  }
  if (!Array.isArray(message) || message.length === 0) return answer(message, tools)
  // Several messages at once, which version 2025-03-26 of the protocol allows.
  const answers = (await Promise.all(message.map(each => answer(each, tools)))).filter(each => each !== undefined)
  return answers.length > 0 ? answers : undefined
}

async function answer(message: unknown, tools: readonly Tool[]): Promise<object | undefined> {
  const isObject = typeof message === 'object' && message !== null && !Array.isArray(message)
  const { id, method, params, result, error }: Request = isObject ? message : {}
  // A client's answer to a request of ours, which makes none.
  if (method === undefined && (result !== undefined || error !== undefined)) return undefined
  try {
    if (typeof method !== 'string') throw new RpcError(INVALID_REQUEST, 'The message has no method.')
    const result = await call(method, params ?? {}, tools)
    // A notification has no id, and gets no answer.
    return id === undefined ? undefined : answerTo(id, { result })
  } catch (error) {
    const code = error instanceof RpcError ? error.code : INTERNAL_ERROR
    if (id === undefined && code !== INVALID_REQUEST) return undefined
    return answerTo(id ?? null, { error: { code, message: (error as Error).message } })
  }
}

function answerTo(id: unknown, answer: object): object {
  return { jsonrpc: '2.0', id, ...answer }
}

async function call(method: string, params: Record<string, unknown>, tools: readonly Tool[]): Promise<unknown> {
  if (method === 'initialize') {
    const wanted = PROTOCOLS.find(each => each === params.protocolVersion)
    return {
      protocolVersion: wanted ?? PROTOCOLS[0],
      capabilities: { tools: {} },
      serverInfo: { name: 'perf-devtools', version: VERSION },
      instructions:
        'Record a page or open a session file first; both give a session id. Then ask for insights, which say what to fix first.',
    }
  }
  if (method === 'ping' || method.startsWith('notifications/')) return {}
  if (method === 'tools/list') {
    return { tools: tools.map(({ name, description, inputSchema }) => ({ name, description, inputSchema })) }
  }
  if (method !== 'tools/call') throw new RpcError(UNKNOWN_METHOD, `There is no method ${method}.`)
  const tool = tools.find(({ name }) => name === params.name)
  if (!tool) throw new RpcError(INVALID_PARAMS, `There is no tool ${String(params.name)}.`)
  try {
    const text = await tool.run((params.arguments ?? {}) as Record<string, unknown>)
    return { content: [{ type: 'text', text }] }
  } catch (error) {
    if (!(error instanceof ToolError)) throw error
    return { content: [{ type: 'text', text: error.message }], isError: true }
  }
}
