// Panel: a regular expression as the states that a search goes through (Thompson's construction:
// https://swtch.com/~rsc/regexp/regexp1.html). Touches no DOM.
import type { CharSet } from './char-set.ts'
import { type Assertion, parseRegex, RegexError, type RegexNode } from './parse-regex.ts'

export type RegexState =
  /** A character of the set, by its number, leads to the next state. */
  | { type: 'character'; set: number; next: number }
  | { type: 'assertion'; assertion: Assertion; next: number }
  /** Leads to all of these. */
  | { type: 'split'; next: number[] }
  | { type: 'match' }

export interface RegexProgram {
  sets: readonly CharSet[]
  states: readonly RegexState[]
  start: number
  hasAssertions: boolean
}

/** States at most, and repetitions while they are made: a search goes through all of them for a character. */
const MAX_STATES = 2_000

/** @throws {SyntaxError | RegexError} */
export function compileRegex(source: string): RegexProgram {
  const sets = new Map<CharSet, number>()
  const states: RegexState[] = [{ type: 'match' }]
  let made = 0

  const add = (state: RegexState): number => states.push(state) - 1
  const numberOf = (set: CharSet): number => {
    const number = sets.get(set) ?? sets.size
    sets.set(set, number)
    return number
  }

  /** Adds the states of a node that lead to the state `next`. Returns the first. */
  const build = (node: RegexNode, next: number): number => {
    if (++made > MAX_STATES) throw new RegexError('This regular expression is too large.')
    switch (node.type) {
      case 'character':
        return add({ type: 'character', set: numberOf(node.set), next })
      case 'assertion':
        return add({ ...node, next })
      case 'sequence':
        return node.parts.reduceRight((after, part) => build(part, after), next)
      case 'choice':
        return add({ type: 'split', next: node.options.map(option => build(option, next)) })
      case 'repeat':
        return buildRepeat(node, next)
    }
  }

  const buildRepeat = ({ of, min, max }: RegexNode & { type: 'repeat' }, next: number): number => {
    let first = next
    if (max === Number.POSITIVE_INFINITY) {
      const loop: RegexState = { type: 'split', next: [next] }
      first = add(loop)
      loop.next.push(build(of, first))
    } else {
      for (let i = min; i < max; i++) first = add({ type: 'split', next: [next, build(of, first)] })
    }
    for (let i = 0; i < min; i++) first = build(of, first)
    return first
  }

  const start = build(parseRegex(source), 0)
  return { sets: [...sets.keys()], states, start, hasAssertions: states.some(({ type }) => type === 'assertion') }
}
