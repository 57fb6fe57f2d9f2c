import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writeScenario } from '../../../bench/insights/generator/scenario.ts'
import { serve } from '../../../cli/mcp/serve.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'perf-mcp-'))
  const { text } = writeScenario({ seed: 5, problems: ['retry-storm'], traps: [] })
  await writeFile(join(folder, 'session.json'), text)
})
afterAll(() => rm(folder, { recursive: true }))

/** The answers to these lines, in the order in which they come. */
async function answers(...lines: (string | object)[]): Promise<Record<string, unknown>[]> {
  const found: Record<string, unknown>[] = []
  const input = lines.map(line => `${typeof line === 'string' ? line : JSON.stringify({ jsonrpc: '2.0', ...line })}\n`)
  await serve(Readable.from(input), text => found.push(JSON.parse(text)))
  return found
}

const call = (id: number, name: string, given: object) => ({
  id,
  method: 'tools/call',
  params: { name, arguments: given },
})

describe('the Model Context Protocol', () => {
  test('agrees on a version that it knows, and names one to a client that wants another', async () => {
    const initialize = (protocolVersion: string) => ({ id: 1, method: 'initialize', params: { protocolVersion } })
    const versions = await answers(initialize('2025-03-26'), initialize('1999-01-01'))
    expect(versions.map(({ result }) => (result as { protocolVersion: string }).protocolVersion).sort()).toEqual([
      '2025-03-26',
      '2025-11-25',
    ])
  })

  test('answers what it cannot do with an error, and a notification not at all', async () => {
    const found = await answers(
      'no JSON',
      '',
      { method: 'notifications/initialized' },
      { id: 2, method: 'resources/list' },
      { id: 3 },
      call(4, 'none', {}),
      'null',
      '5',
      '[]',
      { id: 9, result: {} },
    )
    expect(found.map(({ id, error }) => [id, (error as { code: number }).code]).sort()).toEqual([
      [null, -32_600],
      [null, -32_600],
      [null, -32_600],
      [null, -32_700],
      [2, -32_601],
      [3, -32_600],
      [4, -32_602],
    ])
  })

  test('answers several messages at once by several answers at once', async () => {
    const ping = (id: number) => ({ jsonrpc: '2.0', id, method: 'ping' })
    const notified = { jsonrpc: '2.0', method: 'notifications/initialized' }
    const found = await answers(JSON.stringify([ping(1), notified, 7, ping(2)]), JSON.stringify([notified]))
    expect(found).toMatchObject([
      [
        { id: 1, result: {} },
        { id: null, error: { code: -32_600 } },
        { id: 2, result: {} },
      ],
    ])
  })

  test('says what is wrong with a question as the answer of the tool', async () => {
    const found = await answers(
      call(1, 'open_session', { file: join(folder, 'missing.json') }),
      call(2, 'insights', { session: 'session-1' }),
      call(3, 'record', { url: 'shop' }),
      call(4, 'record', { url: 'http://127.0.0.1', seconds: 1e9 }),
      call(5, 'compare', { before: [], after: 'all' }),
    )
    expect(found).toHaveLength(5)
    for (const { result } of found) expect(result).toMatchObject({ isError: true })
  })

  test('bounds its answers, and keeps secrets out of them', async () => {
    const session = JSON.parse(writeScenario({ seed: 7, problems: [], traps: [] }).text)
    for (const operation of session.operations) {
      operation.metadata = { note: `https://a.example/?token=hunter2secret ${'x'.repeat(30_000)}` }
    }
    await writeFile(join(folder, 'secret.json'), JSON.stringify(session))
    const opened = call(1, 'open_session', { file: join(folder, 'secret.json') })
    const explain = call(2, 'explain_operation', { session: 'session-1', id: session.operations[0].id })
    // The second is asked when the first is answered, as an agent does.
    const found: string[] = []
    const input = async function* () {
      yield `${JSON.stringify(opened)}\n`
      while (found.length === 0) await new Promise(setImmediate)
      yield `${JSON.stringify(explain)}\n`
    }
    await serve(Readable.from(input()), text => found.push(text))
    const [, answer = ''] = found
    expect(answer).toContain('more characters')
    expect(answer.length).toBeLessThan(25_000)
    expect(answer).not.toContain('hunter2secret')
  })
})
