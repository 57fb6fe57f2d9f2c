// Model: the documents that a session was recorded in.
import type { DocumentInfo } from '../../wire/batch.ts'
import type { DocumentNumber } from '../numbers.ts'

const NONE: readonly DocumentNumber[] = []

export class DocumentTable {
  /** By number, in the order of their first record; each as its last record describes it. */
  readonly all: DocumentInfo[] = []
  readonly #numbers = new Map<string, DocumentNumber>()
  /** By frame and time origin: the numbers of the recordings of one document. */
  readonly #same = new Map<string, DocumentNumber[]>()

  /** The number of a document; a new number for one that is not in the table. */
  add(document: DocumentInfo): DocumentNumber {
    const known = this.#numbers.get(document.stream)
    if (known !== undefined) {
      this.all[known] = document
      return known
    }
    const number = (this.all.push(document) - 1) as DocumentNumber
    this.#numbers.set(document.stream, number)
    const same = this.#same.get(keyOf(document))
    if (same) same.push(number)
    else this.#same.set(keyOf(document), [number])
    return number
  }

  /** The numbers of the other recordings of the same document. Each time that DevTools is opened, a new recording begins. */
  othersOf(number: DocumentNumber): readonly DocumentNumber[] {
    const document = this.all[number]
    const same = document && this.#same.get(keyOf(document))
    return same && same.length > 1 ? same.filter(each => each !== number) : NONE
  }

  get(number: DocumentNumber): DocumentInfo | undefined {
    return this.all[number]
  }

  /** The document that is in the tab's top frame now. */
  get top(): DocumentInfo | undefined {
    return this.all.findLast(document => document.frameId === 0) ?? this.all.at(-1)
  }

  /** Whether any document has a memory API; undefined while there is no document. */
  get memoryAvailable(): boolean | undefined {
    return this.all.length === 0 ? undefined : this.all.some(document => document.memoryAvailable)
  }

  /** The coarsest step of the documents' clocks, in milliseconds. Statistics of all documents are no finer than it. */
  get clockResolution(): number {
    return this.all.reduce((coarsest, document) => Math.max(coarsest, document.clockResolution), 0)
  }
}

function keyOf({ frameId, timeOrigin }: DocumentInfo): string {
  return `${frameId}/${timeOrigin}`
}

/** The id of a document in an export: the browser's own where there is one. */
export function documentIdOf(document: DocumentInfo): string {
  return document.documentId ?? document.stream
}

/** A document as a list names it: `top`, or the host and path of a frame. */
export function documentLabel(document: DocumentInfo | undefined): string {
  if (!document) return ''
  if (document.frameId === 0) return 'top'
  return document.url.replace(/^https?:\/\//, '').replace(/[?#].*/s, '') || `frame ${document.frameId}`
}
