// Test (Node, real Chromium): a coding agent's way from a URL to insights, by the client of the protocol's own SDK.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeScenario } from '../../bench/insights/generator/scenario.ts'
import { startDemoServer } from '../../demo/server.ts'
import { findChromium } from '../../scripts/find-chromium.ts'
import { type Consumer, createConsumer } from './consumer.ts'

let consumer: Consumer
beforeAll(async () => {
  consumer = await createConsumer({ '@modelcontextprotocol/sdk': '1.32.2', playwright: '1.65.0' })
  const { text } = writeScenario({ seed: 5, problems: ['retry-storm'], traps: [] })
  await writeFile(join(consumer.folder, 'session.json'), text)
}, 300_000)
afterAll(() => consumer.remove())

/** Calls each of the tools in turn, and prints the answers as JSON. */
const AGENT = `
  import { Client } from '@modelcontextprotocol/sdk/client/index.js'
  import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: ['node_modules/perf-devtools/dist/cli/perf-devtools.js', 'mcp'],
    env: process.env,
  })
  const client = new Client({ name: 'agent', version: '1' })
  await client.connect(transport)
  const { tools } = await client.listTools()
  const answers = []
  for (const [name, given] of JSON.parse(process.argv[2])) {
    const { content, isError } = await client.callTool({ name, arguments: given })
    answers.push({ text: content[0].text, isError: isError === true })
  }
  console.log(JSON.stringify({ tools: tools.map(({ name }) => name), server: client.getServerVersion(), answers }))
  await client.close()
`

interface Answered {
  tools: string[]
  server: { name: string }
  answers: { text: string; isError: boolean }[]
}

async function ask(...calls: [name: string, given: object][]): Promise<Answered> {
  const program = await consumer.write('agent.mjs', AGENT)
  const env = { ...process.env, CHROMIUM_PATH: await findChromium() }
  return JSON.parse(await consumer.run(process.execPath, [program, JSON.stringify(calls)], { env })) as Answered
}

test('goes from a recording of the demo to its insights', async () => {
  const demo = await startDemoServer()
  const { tools, server, answers } = await ask(
    ['record', { url: `${demo.url}/?token=secret123`, seconds: 1 }],
    ['insights', { session: 'session-1' }],
    ['list_operations', { session: 'session-1', filter: 'kind:fetch' }],
  ).finally(() => demo.close())
  expect(server.name).toBe('perf-devtools')
  expect(tools).toEqual(['record', 'open_session', 'insights', 'list_operations', 'explain_operation', 'compare'])
  expect(answers.map(({ isError }) => isError)).toEqual([false, false, false])
  expect(answers[0]?.text).toMatch(/^session-1: /)
  expect(answers[0]?.text).not.toContain('secret123')
  expect(answers[1]?.text).toContain('## session-1')
}, 120_000)

test('answers about files, and says what is wrong with a question', async () => {
  const { answers } = await ask(
    ['open_session', { file: 'session.json' }],
    ['insights', { session: 'session-1' }],
    ['list_operations', { session: 'session-1', filter: 'outcome:failed', limit: 2 }],
    ['compare', { before: ['session-1'], after: ['session-1'] }],
    ['list_operations', { session: 'session-9' }],
    ['list_operations', { session: 'session-1', filter: 'duration>many' }],
    ['open_session', { file: 'missing.json' }],
    ['record', { url: 'shop' }],
    ['explain_operation', { session: 'session-1', id: 'none' }],
  )
  expect(answers.map(({ isError }) => isError)).toEqual([false, false, false, false, true, true, true, true, true])
  expect(answers[1]?.text).toContain('retry-storm')
  expect(answers[2]?.text.split('\n').length).toBeGreaterThanOrEqual(4)
  for (const { text } of answers) expect(text.length).toBeLessThan(25_000)
  const id = /^\| ([^ ]+) \|/m.exec(answers[2]?.text.split('\n')[2] ?? '')?.[1]
  const explained = await ask(
    ['open_session', { file: 'session.json' }],
    ['explain_operation', { session: 'session-1', id }],
  )
  expect(JSON.parse(explained.answers[1]?.text ?? '')).toMatchObject({ id, outcome: 'failed' })
}, 120_000)
