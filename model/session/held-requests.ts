// Model: requests that the page reported before Clear, and whose response it has not seen. DevTools knows whether the
// response came before Clear: then they belong to the session that was cleared, and are not listed in this one.
import type { OperationDetail } from '../../wire/operations.ts'
import type { DocumentNumber, Row, SourceId } from '../numbers.ts'

export interface HeldRequest {
  readonly document: DocumentNumber
  readonly source: SourceId
  readonly id: number
  readonly kind: number
  /** Number of the name in the table. */
  readonly name: number
  /** Epoch milliseconds. */
  readonly start: number
  readonly detail: OperationDetail | undefined
}

export class HeldRequests {
  /** By a number that stands for the row which they have not got. */
  readonly #held = new Map<Row, HeldRequest>()
  readonly #numbers = new Map<string, Row>()
  /** The rows of those that are held no more. */
  readonly #rows = new Map<Row, Row>()
  #lastNumber: Row

  /** @param last the numbers are below it: no row has them. */
  constructor(last: Row) {
    this.#lastNumber = last
  }

  /** Returns the number that stands for its row. */
  hold(request: HeldRequest): Row {
    this.#lastNumber--
    const number = this.#lastNumber
    this.#held.set(number, request)
    this.#numbers.set(keyOf(request), number)
    return number
  }

  /** The number of a request of these, if it is held. */
  numberOf(request: Pick<HeldRequest, 'document' | 'source' | 'id'>): Row | undefined {
    return this.#numbers.size === 0 ? undefined : this.#numbers.get(keyOf(request))
  }

  get(number: Row): HeldRequest | undefined {
    return this.#held.get(number)
  }

  /** It has a row now. */
  release(number: Row, row: Row): void {
    const request = this.#held.get(number)
    if (!request) return
    this.#held.delete(number)
    this.#numbers.delete(keyOf(request))
    this.#rows.set(number, row)
  }

  /** The row of a request that was held; any other number is a row itself. */
  rowOf(number: Row): Row {
    return this.#rows.get(number) ?? number
  }

  all(): [number: Row, request: HeldRequest][] {
    return [...this.#held]
  }

  numbers(): Row[] {
    return [...this.#held.keys()]
  }
}

function keyOf({ document, source, id }: Pick<HeldRequest, 'document' | 'source' | 'id'>): string {
  return `${document}/${source}/${id}`
}
