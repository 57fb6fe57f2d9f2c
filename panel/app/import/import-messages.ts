// Panel and its worker: what they say to each other while a file is read.
import type { ImportPart } from '../../../model/formats/session/import-part.ts'

/** Panel → worker: the file, then `next` for each part that has been taken in. */
export type ImportRequest = { type: 'open'; file: File } | { type: 'next' }

/** Worker → panel. `share` of the file that has been read, 0 to 1. */
export type ImportAnswer =
  | { type: 'part'; part: ImportPart; share: number }
  | { type: 'done' }
  | { type: 'failed'; problem: string }
