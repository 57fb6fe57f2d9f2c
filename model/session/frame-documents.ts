// Model: which documents are shown in the tab's frames, and which were left.
import type { DocumentInfo } from '../../wire/batch.ts'
import type { DocumentNumber } from '../numbers.ts'

/** A document that a frame shows. */
interface Shown {
  number: DocumentNumber
  timeOrigin: number
}

export class FrameDocuments {
  /** By the frame's id. */
  readonly #shown = new Map<number, Shown[]>()
  readonly #left = new Set<DocumentNumber>()

  /**
   * A frame shows a document, perhaps again after it was in the back/forward cache. Returns the documents that were left
   * for it: those of its frame, and those of all frames where it is in the top frame.
   */
  show(number: DocumentNumber, { frameId, timeOrigin }: DocumentInfo): DocumentNumber[] {
    this.#left.delete(number)
    const left: DocumentNumber[] = []
    for (const [frame, shown] of this.#shown) {
      if (frame !== frameId && frameId !== 0) continue
      // The same document with a new recording has the same time origin, and is not left.
      const stay = shown.filter(each => frame === frameId && each.timeOrigin === timeOrigin)
      for (const each of shown) if (!stay.includes(each)) left.push(each.number)
      this.#shown.set(frame, stay)
    }
    const here = this.#shown.get(frameId) ?? []
    if (!here.some(each => each.number === number)) here.push({ number, timeOrigin })
    this.#shown.set(frameId, here)
    for (const each of left) this.#left.add(each)
    return left.filter(each => each !== number)
  }

  /**
   * A batch of a document arrived. It may be the document's first record in this session: after Clear, or when it is late.
   * The document is shown, unless a later one has replaced it.
   */
  note(number: DocumentNumber, { frameId, timeOrigin }: DocumentInfo): void {
    const here = this.#shown.get(frameId) ?? []
    if (this.#left.has(number) || here.some(each => each.number === number)) return
    const others = frameId === 0 ? here : [...here, ...(this.#shown.get(0) ?? [])]
    if (others.some(each => each.timeOrigin > timeOrigin)) this.#left.add(number)
    else this.#shown.set(frameId, [...here, { number, timeOrigin }])
  }

  /** All documents are left. Returns those that were shown. */
  leaveAll(): DocumentNumber[] {
    const left = [...this.#shown.values()].flat().map(({ number }) => number)
    for (const number of left) this.#left.add(number)
    this.#shown.clear()
    return left
  }

  isLeft(number: DocumentNumber): boolean {
    return this.#left.has(number)
  }
}
