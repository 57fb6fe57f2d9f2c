// Model: reads and checks a session file as its bytes arrive, and emits it in parts.
import { compileSchema, type Schema } from '../../../session/schema-check.ts'
import schema from '../../../session/session.schema.json' with { type: 'json' }
import { LISTS } from '../../../session/write-session.ts'
import { truncate } from '../../../wire/truncate.ts'
import { invalid } from './import-error.ts'
import type { ImportPart } from './import-part.ts'
import { createJsonSplitter, type JsonSplitter } from './json-splitter.ts'
import { createRowReader } from './row-reader.ts'
import { checkLength, isList, TopReader } from './session-top.ts'

const members = schema.properties as Record<string, Schema>
const rowChecks = new Map(LISTS.map(list => [list, compileSchema(members[list]?.items as Schema, schema as Schema)]))

/** Reads one file, whose bytes it is given. */
export interface FileReader extends JsonSplitter {
  /**
   * After `end`: another reader, for the same bytes again, if rows were skipped that depend on what came after them in the
   * file.
   */
  again(): FileReader | undefined
}

/**
 * @param emit called with each part, while bytes are added.
 * @param known the top of the file, if an earlier reader has read it.
 */
export function createSessionReader(emit: (part: ImportPart) => void, known?: TopReader): FileReader {
  const top = known ?? new TopReader()
  const lists = new Set<string>()
  let started: ReturnType<typeof start> | undefined
  let isOutOfOrder = false

  const start = () => {
    const taken = top.take()
    return { upgrade: taken.upgrade, rows: createRowReader(taken, emit) }
  }

  const readValue = (name: string, text: string): void => {
    if (known) return
    const value = parse(name, text)
    if (lists.has(name)) throw invalid(`${name} appears twice`)
    top.addValue(name, value)
  }

  const readRows = (name: string, first: number, text: string): void => {
    if (first === 0 && lists.has(name)) throw invalid(`${name} appears twice`)
    lists.add(name)
    if (!isList(name)) {
      if (!known) top.addUnknown(name)
    } else if (name === 'documents') {
      if (!known) top.addDocuments(parseRows(name, first, text))
    } else if (isOutOfOrder || !top.isComplete) isOutOfOrder = true
    else {
      started ??= start()
      const { upgrade, rows } = started
      const found = parseRows(name, first, text).map(row => upgrade(name, row))
      checkLength(name, first + found.length)
      const check = rowChecks.get(name)
      for (const [i, row] of found.entries()) {
        const problem = check?.(row, `${name}[${first + i}]`)
        if (problem !== undefined) throw invalid(problem)
      }
      rows.add(name, first, found)
    }
  }

  const splitter = createJsonSplitter({ onValue: readValue, onRows: readRows })
  return {
    again: () => (isOutOfOrder ? createSessionReader(emit, top) : undefined),
    add: splitter.add,
    end() {
      splitter.end()
      // Even if rows were read: an unknown member may have followed them.
      const { head } = top.take()
      for (const list of LISTS) if (!lists.has(list)) throw invalid(`${list} is missing`)
      if (isOutOfOrder) return
      started?.rows.end()
      emit({ type: 'head', head })
    },
  }
}

function parse(name: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw invalid(`${truncate(name, 100)} isn't JSON`)
  }
}

function parseRows(list: string, first: number, text: string): unknown[] {
  try {
    return JSON.parse(`[${text}]`) as unknown[]
  } catch {
    // Find the row that is not JSON.
    const one = createJsonSplitter(
      {
        onValue() {},
        onRows(_, row, each) {
          parse(`${list}[${first + row}]`, each)
        },
      },
      { rowsPerRun: 1 },
    )
    one.add(new TextEncoder().encode(`{"":[${text}]}`))
    throw invalid(`${list} isn't JSON, from its row ${first} on`)
  }
}
