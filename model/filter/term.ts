// Model: the terms of a filter. An operation is shown if it matches all of them.

import type { NumberFieldKey, TextFieldKey } from '../operation-fields.ts'

export type TextKey = 'name' | 'route' | 'url' | 'method' | 'domain' | 'frame' | 'error' | 'initiator' | TextFieldKey
export type NumberKey = 'duration' | 'status' | 'size' | NumberFieldKey
export type WordKey = 'kind' | 'outcome' | 'is' | 'has'

/** Matches part of a text, the whole text, or a regular expression. Upper and lower case are the same. */
export interface Pattern {
  match: 'part' | 'whole' | 'regex'
  text: string
}

/** Numbers from `least` to `most`, either of which may be infinite. `open` excludes the finite bound itself. */
export interface NumberRange {
  least: number
  most: number
  open: boolean
}

export type Condition =
  /** Without a key it matches the name or the URL. */
  | { type: 'text'; key: TextKey | null; pattern: Pattern }
  /** Milliseconds or bytes. An unknown value is in no range. */
  | { type: 'number'; key: NumberKey; range: NumberRange }
  | { type: 'word'; key: WordKey; word: string }

export type Term = Condition & { negated: boolean }
