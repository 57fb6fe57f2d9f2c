// Node: `perf-devtools convert`.
import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { createGzip } from 'node:zlib'
import { type ExportFormat, FORMATS } from '../model/formats/formats.ts'
import type { SessionModel } from '../model/session/session-model.ts'
import { GENERATOR } from '../node/session-file.ts'
import { openSession } from './open-session.ts'
import { type Command, oneOf, UsageError, writing } from './usage.ts'

const IDS = FORMATS.map(({ id }) => id)

export const convertCommand: Command = {
  name: 'convert',
  summary: 'a session file in another format',
  help: `perf-devtools convert FILE --to ${IDS.join('|')} [--out FILE]

Writes a session in another format. FILE is a Perf session, a HAR file, or a trace that Chrome's Performance panel saved,
compressed or not.

  --to FORMAT  ${FORMATS.map(({ id, label }) => `${id.padEnd(23)}${label}`).join('\n               ')}
  --out FILE   where to write it, compressed if the name ends in .gz; standard output otherwise

Exit code: 0; 2 for wrong usage, and for a file that cannot be read or written.`,
  async run(args, { out }) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { to: { type: 'string' }, out: { type: 'string' } },
      allowPositionals: true,
    })
    const [file, ...more] = positionals
    if (file === undefined || more.length > 0) throw new UsageError('name one file.')
    if (values.to === undefined) throw new UsageError(`say the format with --to: ${IDS.join(', ')}.`)
    const id = oneOf('--to', values.to, IDS)
    const format = FORMATS.find(each => each.id === id) as ExportFormat
    const session = await openSession(file)
    const path = values.out
    if (path !== undefined) await writing(path, () => writeTo(path, format, session))
    else for (const bytes of bytesOf(format, session)) if ((await out(bytes)) === false) break
    return 0
  },
}

/** Parts share a buffer, so each is copied: a stream keeps what it is given until it is written. */
function* bytesOf(format: ExportFormat, session: SessionModel): Generator<Uint8Array> {
  for (const { bytes } of format.write(session, GENERATOR)) if (bytes.length > 0) yield bytes.slice()
}

async function writeTo(path: string, format: ExportFormat, session: SessionModel): Promise<void> {
  const compress = path.endsWith('.gz') ? [createGzip()] : []
  await pipeline([Readable.from(bytesOf(format, session)), ...compress, createWriteStream(path)])
}
