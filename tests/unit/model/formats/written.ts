// Test: what a format writes, as a whole.
import { FORMATS } from '../../../../model/formats/formats.ts'
import type { SessionModel } from '../../../../model/session/session-model.ts'

const GENERATOR = { name: 'Perf', version: '1' }

export function written(session: SessionModel, id: string): Buffer {
  const format = FORMATS.find(each => each.id === id)
  if (!format) throw new Error(`${id} is no format`)
  const parts: Uint8Array[] = []
  for (const { bytes } of format.write(session, GENERATOR)) parts.push(bytes.slice())
  return Buffer.concat(parts)
}

export const writtenText = (session: SessionModel, id: string): string => written(session, id).toString('utf8')
