// Node. Is an exported file what it should be? Each row is checked against the schema as the panel's import does it,
// and one in a thousand by ajv; counts and sums are compared with what was made.
import { createReadStream, openAsBlob } from 'node:fs'
import { createInterface } from 'node:readline'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { readFile } from '../../model/formats/read-file.ts'
import schema from '../../session/session.schema.json' with { type: 'json' }
import { FAILED } from '../../wire/operations.ts'

const ajv = new Ajv2020({ strict: false })
addFormats.default(ajv)

export interface FileFigures {
  bytes: number
  operations: number
  failed: number
  /** Milliseconds. */
  totalDuration: number
  memory: number
}

/** Rejects where it is no session. */
export async function checkFile(path: string): Promise<FileFigures> {
  const file = await openAsBlob(path)
  const figures: FileFigures = { bytes: file.size, operations: 0, failed: 0, totalDuration: 0, memory: 0 }
  await readFile(file, async part => {
    if (part.type === 'memory') figures.memory += part.samples.length
    if (part.type === 'operations') {
      const { start, outcome, duration } = part.operations
      figures.operations += start.length
      for (const each of outcome) if (each === FAILED) figures.failed++
      for (const each of duration) figures.totalDuration += each
    }
  })
  return figures
}

/** The problems that ajv finds in every `nth` operation of a file of one operation a line. */
export async function sampleByAjv(path: string, nth: number): Promise<{ checked: number; problems: string[] }> {
  const validate = ajv.compile({ $ref: `${schema.$id}#/$defs/operation`, $defs: { whole: schema } })
  const problems: string[] = []
  let checked = 0
  let line = 0
  for await (const text of createInterface({ input: createReadStream(path) })) {
    if (!text.startsWith('{"id":') || line++ % nth !== 0) continue
    checked++
    const end = text.endsWith(',') ? -1 : text.endsWith('],') ? -2 : text.endsWith(']') ? -1 : undefined
    if (!validate(JSON.parse(text.slice(0, end)))) problems.push(ajv.errorsText(validate.errors))
  }
  return { checked, problems }
}
