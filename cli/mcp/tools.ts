// Node: what a coding agent can ask of recorded sessions.

import { compareSessions } from '../../model/comparison/compare-sessions.ts'
import { comparisonMarkdown } from '../../model/comparison/comparison-text.ts'
import { compileFilter, matchingRows } from '../../model/filter/compile.ts'
import { parseFilter } from '../../model/filter/parse.ts'
import { operationRow } from '../../model/formats/session/session-source.ts'
import { findInsights } from '../../model/insights/find-insights.ts'
import { insightsMarkdown } from '../../model/insights/insights-markdown.ts'
import type { Row } from '../../model/numbers.ts'
import type { SessionModel } from '../../model/session/session-model.ts'
import { complete } from '../../node/complete.ts'
import { readSessionFile, UnreadableFile } from '../../node/session-file.ts'
import { redactText } from '../../wire/redact-text.ts'
import { truncate } from '../../wire/truncate.ts'
import { UsageError } from '../usage.ts'

/** Characters of an answer: an agent reads all of it. */
const MAX_ANSWER = 18_000
/** Operations that are listed at most, and where nothing is said. */
const MAX_OPERATIONS = 200
const DEFAULT_OPERATIONS = 30
/** Sessions that are kept open: the oldest is closed beyond that. */
const MAX_SESSIONS = 20
/** Seconds that a page may be recorded. */
const MAX_SECONDS = 300

const SLOW_THRESHOLD = 1_000

/** An error that the agent can correct. Its message is the tool's answer. */
export class ToolError extends Error {}

type Arguments = Record<string, unknown>

export interface Tool {
  name: string
  description: string
  inputSchema: { type: 'object'; properties: Record<string, object>; required: string[] }
  run(given: Arguments): Promise<string>
}

const SESSION = { type: 'string', description: 'The id of a session, as record or open_session has given it.' }
const SESSIONS = { type: 'array', items: { type: 'string' }, minItems: 1 }

export function createTools(): Tool[] {
  const sessions = new Map<string, SessionModel>()
  let count = 0

  const keep = (session: SessionModel): string => {
    const id = `session-${++count}`
    sessions.set(id, session)
    const [oldest] = sessions.keys()
    if (sessions.size > MAX_SESSIONS && oldest !== undefined) sessions.delete(oldest)
    return `${id}: ${session.operations.length.toLocaleString('en')} operations of ${session.documents.top?.url ?? 'a process'}`
  }
  const sessionOf = (id: unknown): SessionModel => {
    const found = sessions.get(String(id))
    if (!found)
      throw new ToolError(`There is no session "${String(id)}". Open: ${[...sessions.keys()].join(', ') || 'none'}.`)
    return found
  }
  const sessionsOf = (ids: unknown): SessionModel[] => {
    if (!Array.isArray(ids) || ids.length === 0)
      throw new ToolError('before and after each take a list of session ids.')
    return ids.map(sessionOf)
  }

  const tools: Tool[] = [
    {
      name: 'record',
      description:
        'Opens a URL in a browser and records its requests, custom operations and memory. Returns the id of the session.',
      inputSchema: {
        type: 'object',
        properties: {
          url: { type: 'string' },
          seconds: {
            type: 'number',
            description: 'How long after the load; until the page makes no requests by default.',
          },
        },
        required: ['url'],
      },
      async run({ url, seconds }) {
        if (typeof url !== 'string' || !URL.canParse(url))
          throw new ToolError('url has to be a URL with http:// or https://.')
        if (seconds !== undefined && !((seconds as number) >= 0 && (seconds as number) <= MAX_SECONDS)) {
          throw new ToolError(`seconds has to be a number from 0 to ${MAX_SECONDS}.`)
        }
        const { recordUrl } = await import('../record-url.ts')
        const duration = seconds === undefined ? undefined : (seconds as number) * 1_000
        const executablePath = process.env.CHROMIUM_PATH
        return keep(
          await recordUrl(url, { browser: 'chromium', executablePath, headed: false, duration, timeout: 30_000 }),
        )
      },
    },
    {
      name: 'open_session',
      description: 'Opens a session file (.json or .json.gz) that Perf has exported. Returns the id of the session.',
      inputSchema: { type: 'object', properties: { file: { type: 'string' } }, required: ['file'] },
      run: async ({ file }) => keep(await readSessionFile(String(file))),
    },
    {
      name: 'insights',
      description: 'What to fix first in a session, up to how much that would save, and how sure it is.',
      inputSchema: { type: 'object', properties: { session: SESSION }, required: ['session'] },
      async run({ session: id }) {
        const session = sessionOf(id)
        return insightsMarkdown(complete(findInsights(session)), { title: String(id), session })
      },
    },
    {
      name: 'list_operations',
      description:
        'Lists operations of a session, the slowest first. The filter is that of the tab, such as "kind:fetch duration>300 -status:200".',
      inputSchema: {
        type: 'object',
        properties: {
          session: SESSION,
          filter: { type: 'string' },
          limit: { type: 'integer', maximum: MAX_OPERATIONS },
        },
        required: ['session'],
      },
      async run({ session: id, filter = '', limit = DEFAULT_OPERATIONS }) {
        const session = sessionOf(id)
        const rows = filtered(session, String(filter))
        const { operations } = session
        const duration = (row: Row): number => operations.duration.get(row) || 0
        rows.sort((a, b) => duration(b) - duration(a))
        const shown = rows.slice(0, Math.min(Number(limit) || DEFAULT_OPERATIONS, MAX_OPERATIONS))
        const lines = shown.map(row => {
          const took = operations.duration.get(row)
          const time = Number.isNaN(took) ? 'pending' : `${took.toFixed(1)} ms`
          return `| ${operations.idOf(row)} | ${operations.nameOf(row).replaceAll('|', '\\|')} | ${time} | ${operations.outcomeOf(row)} |`
        })
        const rest = rows.length - shown.length
        return [
          '| id | name | duration | outcome |',
          '|---|---|---|---|',
          ...lines,
          ...(rest > 0 ? [`\n${rest} more`] : []),
        ].join('\n')
      },
    },
    {
      name: 'explain_operation',
      description: 'All that is known of one operation: times, phases, sizes, error, call stack.',
      inputSchema: {
        type: 'object',
        properties: { session: SESSION, id: { type: 'string', description: 'As list_operations has it.' } },
        required: ['session', 'id'],
      },
      async run({ session: sessionId, id }) {
        const session = sessionOf(sessionId)
        const { operations } = session
        for (let row = 0 as Row; row < operations.length; row++) {
          if (operations.idOf(row) === id) return JSON.stringify(operationRow(session, row), null, 2)
        }
        throw new ToolError(`There is no operation "${String(id)}" in ${String(sessionId)}.`)
      },
    },
    {
      name: 'compare',
      description: 'Compares two sides of sessions, name by name: what became slower or faster, and how sure that is.',
      inputSchema: {
        type: 'object',
        properties: { before: SESSIONS, after: SESSIONS },
        required: ['before', 'after'],
      },
      run: async ({ before, after }) =>
        comparisonMarkdown(complete(compareSessions(sessionsOf(before), sessionsOf(after)))),
    },
  ]
  return tools.map(tool => ({ ...tool, run: given => bounded(() => tool.run(given)) }))
}

/** Redacts the answer and keeps it within the bound. A `ToolError` becomes an answer too. */
async function bounded(run: () => Promise<string>): Promise<string> {
  try {
    const text = await run()
    const shown = redactText(truncate(text, MAX_ANSWER))
    const rest = text.length - MAX_ANSWER
    return rest > 0 ? `${shown}\n… ${rest.toLocaleString('en')} more characters: ask for less.` : shown
  } catch (error) {
    if (error instanceof UsageError || error instanceof UnreadableFile) throw new ToolError(error.message)
    throw error
  }
}

function filtered(session: SessionModel, filter: string): Row[] {
  const { terms, errors } = parseFilter(filter)
  if (errors.length > 0) throw new ToolError(errors.map(({ message }) => message).join('; '))
  const test = compileFilter(terms, { slowThreshold: SLOW_THRESHOLD, onTooComplex: () => undefined })
  const rows = test ? complete(matchingRows(session, test)) : session.operations.order
  return Array.from({ length: rows.length }, (_, position) => rows.row(position))
}
