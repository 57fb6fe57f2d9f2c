// Model: requests that began before Clear, and of which only DevTools can say whether they ended before it, too: then they
// belong to the session that was cleared, and are not listed in this one.
//
// The page does not see a response whose body it does not read. When that is garbage-collected, the request ends for the page
// as if its body had been received only then (https://github.com/whatwg/fetch/issues/1813).
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
  /** Index into OUTCOMES, as far as the page has reported the end. */
  readonly outcome: number
  /** Milliseconds; NaN while it is pending. */
  readonly duration: number
}

/** What DevTools says of a response that came before Clear and has no end. */
export interface EarlierResponse {
  /** Nobody will receive more of its body. */
  abandoned: boolean
  /** Adds it to the request, once that is listed after all. */
  addToRow(): void
}

export class HeldRequests {
  /** By a number that stands for the row which they have not got. */
  readonly #held = new Map<Row, HeldRequest>()
  readonly #numbers = new Map<string, Row>()
  readonly #responses = new Map<Row, EarlierResponse>()
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

  /** The page has reported more of a request that is held. */
  replace(number: Row, request: HeldRequest): void {
    this.#held.set(number, request)
  }

  setResponse(number: Row, response: EarlierResponse): void {
    this.#responses.set(number, response)
  }

  responseOf(number: Row): EarlierResponse | undefined {
    return this.#responses.get(number)
  }

  /** The number of a request of these, if it is held. */
  numberOf(request: Pick<HeldRequest, 'document' | 'source' | 'id'>): Row | undefined {
    return this.#numbers.size === 0 ? undefined : this.#numbers.get(keyOf(request))
  }

  get(number: Row): HeldRequest | undefined {
    return this.#held.get(number)
  }

  /** It has a row now, or is not listed: NO_ROW. */
  release(number: Row, row: Row): void {
    const request = this.#held.get(number)
    if (!request) return
    const response = this.#responses.get(number)
    this.#responses.delete(number)
    this.#held.delete(number)
    this.#numbers.delete(keyOf(request))
    this.#rows.set(number, row)
    if (row >= 0) response?.addToRow()
  }

  /** The row of a request that was held; any other number is a row itself. */
  rowOf(number: Row): Row {
    return this.#rows.get(number) ?? number
  }

  all(): [number: Row, request: HeldRequest][] {
    return [...this.#held]
  }
}

function keyOf({ document, source, id }: Pick<HeldRequest, 'document' | 'source' | 'id'>): string {
  return `${document}/${source}/${id}`
}
