// Panel: searches texts for a regular expression in time that grows with the text alone, however the expression is made:
// JavaScript's own takes exponential time for `(a+)+$`. All ways to match are followed at once, and what a character leads
// to is remembered (a lazy DFA: https://swtch.com/~rsc/regexp/regexp1.html#caching). Packages that do the same have no
// bound on the work for one text: re2js 2.10 takes seconds for `[ab]*a[ab]{500}c` on 100 kB. Touches no DOM.
import { canonicalOf, wordCharacter } from './char-set.ts'
import type { Assertion } from './parse-regex.ts'
import type { RegexProgram } from './regex-program.ts'

/**
 * Steps that may be taken for one text, by all expressions of a filter: some milliseconds. 100 kB of a page's text need
 * some thousands with an expression of the usual size.
 */
export const MAX_WORK = 250_000

/** Places that are remembered: some MB at most. */
const MAX_PLACES = 500

/** Characters that no set of the expression tells apart. */
interface CharacterKind {
  number: number
  /** By the number of the set: 1 where they are in it. */
  inSet: Uint8Array
  isWord: boolean
}

/** What stands beside a place in the text. */
type Side = 'edge' | 'word' | 'other'

/** All that needs to be known at a place in the text: which states the characters before it have led to. */
interface Place {
  states: readonly number[]
  before: Side
  /** By the kind of the next character: the place behind it, or that the text matches, where it is known. */
  after: (Place | true | undefined)[]
  /** Whether a text that ends here matches. */
  matchesAtEnd?: boolean
}

export interface RegexSearch {
  /** Whether a part of the text matches; undefined where finding out would take too much work. */
  matches(text: string): boolean | undefined
  /** The steps that were taken for the latest text. */
  readonly work: number
}

/** @param maxWork steps that may be taken for one text. */
export function createRegexSearch(program: RegexProgram, maxWork = MAX_WORK): RegexSearch {
  const { sets, states, start, hasAssertions } = program
  let work = 0
  const kinds = new Map<string, CharacterKind>()
  /** By the character's code. */
  const kindOfCode: (CharacterKind | undefined)[] = []
  const places = new Map<string, Place>()
  let first: Place | undefined
  /** By state: the number of the last step that has reached it. */
  const reachedIn = new Uint32Array(states.length)
  let step = 0

  const kindOf = (code: number): CharacterKind => {
    work += sets.length
    const character = { code, canonical: canonicalOf(code) }
    const isWord = wordCharacter(character)
    let key = isWord ? '1' : '0'
    for (const has of sets) key += has(character) ? '1' : '0'
    let kind = kinds.get(key)
    if (!kind) {
      kind = { number: kinds.size, inSet: Uint8Array.from(key.slice(1), Number), isWord }
      kinds.set(key, kind)
    }
    kindOfCode[code] = kind
    return kind
  }

  const placeOf = (reached: readonly number[], side: Side): Place => {
    const before = hasAssertions ? side : 'other'
    const key = before + String.fromCharCode(...reached)
    const known = places.get(key)
    if (known) return known
    if (places.size === MAX_PLACES) {
      places.clear()
      first = undefined
    }
    const place: Place = { states: reached, before, after: [] }
    places.set(key, place)
    return place
  }

  /** The states with a character that can be reached from here without one; true where the text matches already. */
  const reach = (place: Place, after: Side): number[] | true => {
    step++
    const found: number[] = []
    // A match may begin at any place.
    const open = [start, ...place.states]
    for (let index = open.pop(); index !== undefined; index = open.pop()) {
      if (reachedIn[index] === step) continue
      reachedIn[index] = step
      work++
      const state = states[index]
      if (state?.type === 'match') return true
      if (state?.type === 'character') found.push(index)
      else if (state?.type === 'split') open.push(...state.next)
      else if (state && holds(state.assertion, place.before, after)) open.push(state.next)
    }
    return found
  }

  const placeAfter = (place: Place, { inSet, isWord }: CharacterKind): Place | true => {
    const side = isWord ? 'word' : 'other'
    const reached = reach(place, side)
    if (reached === true) return true
    work += reached.length
    const next = new Set<number>()
    for (const index of reached) {
      const state = states[index]
      if (state?.type === 'character' && inSet[state.set] === 1) next.add(state.next)
    }
    return placeOf(
      [...next].sort((a, b) => a - b),
      side,
    )
  }

  return {
    get work() {
      return work
    },
    matches(text) {
      work = 0
      first ??= placeOf([], 'edge')
      let place = first
      for (let i = 0; i < text.length; i++) {
        if (work > maxWork) return undefined
        const code = text.charCodeAt(i)
        const kind = kindOfCode[code] ?? kindOf(code)
        let after = place.after[kind.number]
        if (after === undefined) {
          after = placeAfter(place, kind)
          place.after[kind.number] = after
        }
        if (after === true) return true
        place = after
      }
      place.matchesAtEnd ??= reach(place, 'edge') === true
      return place.matchesAtEnd
    },
  }
}

function holds(assertion: Assertion, before: Side, after: Side): boolean {
  switch (assertion) {
    case 'start':
      return before === 'edge'
    case 'end':
      return after === 'edge'
    case 'word':
      return (before === 'word') !== (after === 'word')
    case 'notWord':
      return (before === 'word') === (after === 'word')
  }
}
