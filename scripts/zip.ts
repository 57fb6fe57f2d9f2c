// World: Node. A zip archive whose bytes depend only on the names and contents of its files.
// The format: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, section 4.3.

import { crc32, deflateRawSync } from 'node:zlib'

const VERSION_NEEDED = 20
/** Names are UTF-8. */
const FLAGS = 0x800
const DEFLATED = 8
/** 1 January 1980, the first day that the format knows: the day on which a file was built must not change the archive. */
const DATE = (1 << 5) | 1

/** @param files contents by name; the names have `/` between their parts. */
export function zip(files: ReadonlyMap<string, Uint8Array>): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  // Sorted by code unit, since a locale's order differs between machines.
  for (const [name, content] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const nameBytes = Buffer.from(name)
    const deflated = deflateRawSync(content, { level: 9 })
    const described = describe(nameBytes, content, deflated)
    parts.push(integers([4, 0x04034b50]), described, nameBytes, deflated)
    directory.push(
      integers([4, 0x02014b50], [2, VERSION_NEEDED]),
      described,
      // No comment, first disk, no attributes.
      integers([2, 0], [2, 0], [2, 0], [4, 0], [4, offset]),
      nameBytes,
    )
    offset += 4 + described.length + nameBytes.length + deflated.length
  }
  const listing = Buffer.concat(directory)
  const end = integers(
    [4, 0x06054b50],
    [4, 0],
    [2, files.size],
    [2, files.size],
    [4, listing.length],
    [4, offset],
    [2, 0],
  )
  return Buffer.concat([...parts, listing, end])
}

/** The fields that a file's own header and its entry in the directory share. */
function describe(name: Buffer, content: Uint8Array, deflated: Buffer): Buffer {
  return integers(
    [2, VERSION_NEEDED],
    [2, FLAGS],
    [2, DEFLATED],
    [2, 0],
    [2, DATE],
    [4, crc32(content)],
    [4, deflated.length],
    [4, content.length],
    [2, name.length],
    [2, 0],
  )
}

/** Little-endian integers, each given as its number of bytes and its value. */
function integers(...fields: [bytes: number, value: number][]): Buffer {
  const buffer = Buffer.alloc(fields.reduce((sum, [bytes]) => sum + bytes, 0))
  let at = 0
  for (const [bytes, value] of fields) at = buffer.writeUIntLE(value, at, bytes)
  return buffer
}
