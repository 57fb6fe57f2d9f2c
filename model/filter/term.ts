// Panel: what a filter consists of: terms, each of which an operation has to fulfil. Touches no DOM.

export type TextKey = 'name' | 'route' | 'url' | 'method' | 'domain' | 'frame' | 'error'
export type NumberKey = 'duration' | 'status' | 'size'
export type WordKey = 'kind' | 'outcome' | 'is' | 'has'

/** A text, any part or the whole of which is to match; or a regular expression. Case does not matter. */
export interface Pattern {
  match: 'part' | 'whole' | 'regex'
  text: string
}

/** Numbers from `least` to `most`, either of which may be infinite; `open` leaves the finite end itself out. */
export interface NumberRange {
  least: number
  most: number
  open: boolean
}

export type Condition =
  /** Without a key: of the name or the URL. */
  | { type: 'text'; key: TextKey | null; pattern: Pattern }
  /** Milliseconds, bytes. What is not known is in no range. */
  | { type: 'number'; key: NumberKey; range: NumberRange }
  | { type: 'word'; key: WordKey; word: string }

export type Term = Condition & { negated: boolean }
