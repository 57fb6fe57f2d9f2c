// Panel: which documents are shown in the tab's frames, and which were left. Touches no DOM.
import type { DocumentInfo } from '../../wire/batch.ts'
import type { DocumentNumber } from '../numbers.ts'

interface Shown {
  number: DocumentNumber
  timeOrigin: number
}

export class FrameDocuments {
  /** By the frame's id. */
  readonly #shown = new Map<number, Shown[]>()
  readonly #left = new Set<DocumentNumber>()

  /**
   * A document is there, or there again: from the back/forward cache. Returns the documents that it takes the
   * place of: of its frame; where that is the top one, of all frames.
   */
  show(number: DocumentNumber, { frameId, timeOrigin }: DocumentInfo): DocumentNumber[] {
    this.#left.delete(number)
    const left: DocumentNumber[] = []
    for (const [frame, shown] of this.#shown) {
      if (frame !== frameId && frameId !== 0) continue
      // A document that is injected anew has the same origin of its time, and is not left.
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
   * A batch of a document has come, which may be the first that the session hears of it: after Clear, or late. It is
   * there, unless another has its place since.
   */
  note(number: DocumentNumber, { frameId, timeOrigin }: DocumentInfo): void {
    const here = this.#shown.get(frameId) ?? []
    if (this.#left.has(number) || here.some(each => each.number === number)) return
    const places = frameId === 0 ? here : [...here, ...(this.#shown.get(0) ?? [])]
    if (places.some(each => each.timeOrigin > timeOrigin)) this.#left.add(number)
    else this.#shown.set(frameId, [...here, { number, timeOrigin }])
  }

  /** All that are shown are gone; returns them. */
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
