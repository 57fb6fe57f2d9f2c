// Panel: the documents that a session was recorded in. Touches no DOM.
import type { DocumentInfo } from '../../wire/batch.ts'
import type { DocumentNumber } from '../numbers.ts'

const NONE: readonly DocumentNumber[] = []

export class DocumentTable {
  /** By number, in the order in which they were first heard of; each as last described. */
  readonly all: DocumentInfo[] = []
  readonly #numbers = new Map<string, DocumentNumber>()
  /** The numbers of those that are one document, by its frame and time origin. */
  readonly #same = new Map<string, DocumentNumber[]>()

  /** The number of a document: a new one, if it was not heard of before. */
  add(document: DocumentInfo): DocumentNumber {
    const known = this.#numbers.get(document.stream)
    if (known !== undefined) {
      this.all[known] = document
      return known
    }
    const number = (this.all.push(document) - 1) as DocumentNumber
    this.#numbers.set(document.stream, number)
    const same = this.#same.get(placeOf(document))
    if (same) same.push(number)
    else this.#same.set(placeOf(document), [number])
    return number
  }

  /** The same document's earlier numbers: each time that DevTools is opened on it, its recording begins anew. */
  earlierOf(number: DocumentNumber): readonly DocumentNumber[] {
    const document = this.all[number]
    const same = document && this.#same.get(placeOf(document))
    return same && same.length > 1 ? same.filter(each => each < number) : NONE
  }

  get(number: DocumentNumber): DocumentInfo | undefined {
    return this.all[number]
  }

  /** The document now in the tab's top frame. */
  get top(): DocumentInfo | undefined {
    return this.all.findLast(document => document.frameId === 0) ?? this.all.at(-1)
  }

  /** Whether a memory API was seen; undefined while no document is known. */
  get memoryAvailable(): boolean | undefined {
    return this.all.length === 0 ? undefined : this.all.some(document => document.memoryAvailable)
  }

  /** The coarsest step of the documents' clocks, in milliseconds: no figure over all of them is finer. */
  get clockResolution(): number {
    return this.all.reduce((coarsest, document) => Math.max(coarsest, document.clockResolution), 0)
  }
}

function placeOf({ frameId, timeOrigin }: DocumentInfo): string {
  return `${frameId}/${timeOrigin}`
}

/** What names a document in an export: the browser's id where there is one. */
export function documentIdOf(document: DocumentInfo): string {
  return document.documentId ?? document.stream
}
