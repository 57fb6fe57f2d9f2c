// Panel's worker: reads a session file as its bytes arrive, checks all of it, and hands it on in parts. Touches no DOM.

import type { ImportedHead } from '../../../session/format.ts'
import { SESSION_FORMAT, SESSION_VERSION, type SessionLists } from '../../../session/format.ts'
import { compileSchema, type Schema } from '../../../session/schema-check.ts'
import schema from '../../../session/session.schema.json' with { type: 'json' }
import { LISTS } from '../../../session/write-session.ts'
import { ImportError } from './import-error.ts'
import type { ImportPart } from './import-part.ts'
import { createJsonSplitter, type JsonSplitter } from './json-splitter.ts'
import { createRowReader } from './row-reader.ts'

type ListName = keyof SessionLists

const root = schema as Schema
const members = schema.properties as Record<string, Schema>
const checks = new Map(Object.entries(members).map(([name, member]) => [name, compileSchema(member, root)]))
const rowChecks = new Map(LISTS.map(list => [list, compileSchema(members[list]?.items as Schema, root)]))

/** @param emit called with each part, while bytes are added. */
export function createSessionReader(emit: (part: ImportPart) => void): JsonSplitter {
  const head: Record<string, unknown> = {}
  const lists = new Set<string>()
  const rows = createRowReader(emit)

  const readValue = (key: string, text: string): void => {
    if (Object.hasOwn(head, key) || lists.has(key)) throw new ImportError(`${key} stands twice in it`)
    if (isList(key)) throw new ImportError(`${key} is not an array`)
    const value = parse(key, text)
    if (key === 'format' && value !== SESSION_FORMAT) throw new ImportError(`its format is not "${SESSION_FORMAT}"`)
    if (key === 'version' && typeof value === 'number' && value > SESSION_VERSION) {
      throw new ImportError(
        `it was written by a newer version of Perf: its format is version ${value}, this one reads version ${SESSION_VERSION}`,
      )
    }
    const check = checks.get(key)
    if (!check) throw new ImportError(`${shortened(key)} is not known in this format`)
    const problem = check(value, key)
    if (problem !== undefined) throw new ImportError(problem)
    head[key] = value
    rows.setHead(key, value)
  }

  const readRows = (key: string, first: number, text: string): void => {
    if (!isList(key))
      throw new ImportError(checks.has(key) ? `${key} is an array` : `${shortened(key)} is not known in this format`)
    if (first === 0 && lists.has(key)) throw new ImportError(`${key} stands twice in it`)
    lists.add(key)
    const check = rowChecks.get(key)
    const found = parseRows(key, first, text)
    for (const [i, row] of found.entries()) {
      const problem = check?.(row, `${key}[${first + i}]`)
      if (problem !== undefined) throw new ImportError(problem)
    }
    rows.add(key, first, found)
  }

  const splitter = createJsonSplitter({ onValue: readValue, onRows: readRows })
  return {
    add: bytes => splitter.add(bytes),
    end() {
      splitter.end()
      for (const name of schema.required) {
        if (!Object.hasOwn(head, name) && !lists.has(name)) throw new ImportError(`${name} is missing`)
      }
      rows.end()
      emit({ type: 'head', head: head as unknown as ImportedHead })
    },
  }
}

function isList(key: string): key is ListName {
  return (LISTS as readonly string[]).includes(key)
}

function parse(key: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new ImportError(`${shortened(key)} is not JSON`)
  }
}

function parseRows(key: string, first: number, text: string): unknown[] {
  try {
    return JSON.parse(`[${text}]`) as unknown[]
  } catch {
    // Which of them it is, is worth knowing.
    const one = createJsonSplitter(
      {
        onValue() {},
        onRows(_, row, each) {
          parse(`${key}[${first + row}]`, each)
        },
      },
      1,
    )
    one.add(new TextEncoder().encode(`{"":[${text}]}`))
    throw new ImportError(`${key} is not JSON, from its row ${first} on`)
  }
}

function shortened(text: string): string {
  return text.length > 100 ? `${text.slice(0, 100)}…` : text
}
