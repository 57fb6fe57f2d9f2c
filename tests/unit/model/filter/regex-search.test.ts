import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RegexError } from '../../../../model/filter/regex/parse-regex.ts'
import { compileRegex } from '../../../../model/filter/regex/regex-program.ts'
import { createRegexSearch } from '../../../../model/filter/regex/regex-search.ts'
import { leastOf, workOf } from '../../../support/work-of.ts'

/** Letters whose case is simple, and some whose case is not; what ends lines and words. */
const character = fc.constantFrom(
  ...'abABz09_ -/.[]{}()\\^$|+*?éÉßẞſKkσςΣİıǆǅǄ\n\r\t\v\u2028\u00a0\ufeff\u0000\ud83d\ude00',
)
const letter = fc.constantFrom(...'abABzé9σ')

const escaped = character.map(found => (/[\\^$.*+?()[\]{}|/]/.test(found) ? `\\${found}` : found))
const classEscape = fc.constantFrom('\\d', '\\D', '\\w', '\\W', '\\s', '\\S')
const otherEscape = fc.constantFrom('\\n', '\\t', '\\0', '\\x61', '\\u00e9', '\\u03a3', '\\-', '\\x6', '\\u00e', '\\e')
const rangeOf = fc
  .tuple(character, character)
  .map(ends => ends.map(end => end.charCodeAt(0)).sort((a, b) => a - b))
  .map(ends => ends.map(code => `\\u${code.toString(16).padStart(4, '0')}`).join('-'))
const classItem = fc.oneof(escaped, rangeOf, classEscape, fc.constantFrom('-', '\\b', '^', '\\n', 'a-\\d', '\\w-z'))
const characterClass = fc
  .tuple(fc.boolean(), fc.array(classItem, { maxLength: 4 }))
  .map(([negated, items]) => `[${negated ? '^' : ''}${items.join('')}]`)
const quantifier = fc.constantFrom('*', '+', '?', '{2}', '{0,2}', '{1,}', '{0}', '*?', '+?', '??', '{1,2}?')

const { regex } = fc.letrec<Record<'regex' | 'sequence' | 'atom', string>>(tie => ({
  regex: fc.array(tie('sequence'), { minLength: 1, maxLength: 3 }).map(options => options.join('|')),
  sequence: fc
    .array(
      fc.oneof(
        { depthSize: 'small' },
        tie('atom'),
        fc.constantFrom('^', '$', '\\b', '\\B', 'a{', 'a{,2}', '}', ']'),
        fc.tuple(tie('atom'), quantifier).map(parts => parts.join('')),
      ),
      { maxLength: 4 },
    )
    .map(parts => parts.join('')),
  atom: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    letter,
    escaped,
    fc.constant('.'),
    characterClass,
    classEscape,
    otherEscape,
    tie('regex').map(inner => `(${inner})`),
    tie('regex').map(inner => `(?:${inner})`),
  ),
}))
/** An octal number is not supported. */
const isValid = (source: string): boolean => {
  try {
    return Boolean(new RegExp(source, 'i')) && !/\\0\d/.test(source)
  } catch {
    return false
  }
}

test('finds what JavaScript finds', () => {
  const text = fc.oneof(
    fc.array(letter, { maxLength: 8 }).map(all => all.join('')),
    fc.array(character, { maxLength: 8 }).map(all => all.join('')),
  )
  fc.assert(
    fc.property(regex.filter(isValid), fc.array(text, { minLength: 1, maxLength: 4 }), (source, texts) => {
      const search = createRegexSearch(compileRegex(source))
      // One after the other: what was remembered of one text must not change what is found in the next.
      for (const each of texts)
        expect(search.matches(each), JSON.stringify(each)).toBe(new RegExp(source, 'i').test(each))
    }),
    {
      numRuns: 5_000,
      examples: [
        ['[\\d-0-z]', ['a']],
        ['[a-\\d-z]', ['c']],
        ['[\\w-]', ['-']],
      ],
    },
  )
})

/** What no filter may take for one text. */
const MAX_MILLISECONDS = 50
const LENGTH = 100_000

/** 100 kB, made so that much matches almost. */
const longText = fc.oneof(
  fc.constantFrom('a', 'ab', 'aab', 'GET /api/users/1 ', 'é', '\n', 'a.', '/').map(part => part.repeat(LENGTH)),
  fc
    .tuple(fc.constantFrom('ab', 'aA1_ ', 'a/'), fc.integer())
    .map(([letters, seed]) => scrambled(seed, random => letters[random % letters.length] ?? '')),
  fc.integer().map(seed => scrambled(seed, random => String.fromCharCode(random % 0xd800))),
)
/** If the test fails, only the beginning is printed. */
const longTextInShort = longText.map(long => {
  const text = long.slice(0, LENGTH)
  return { text, [fc.toStringMethod]: () => `${JSON.stringify(text.slice(0, 40))} and so on` }
})

function scrambled(seed: number, characterOf: (random: number) => string): string {
  let state = seed | 1
  return Array.from({ length: LENGTH }, () => {
    // https://en.wikipedia.org/wiki/Xorshift
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return characterOf(state >>> 0)
  }).join('')
}

/** Quantifiers in quantifiers, alternatives that overlap, counted repetitions: what takes others exponential time. */
const { hostile } = fc.letrec<Record<'hostile', string>>(tie => ({
  hostile: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    fc.constantFrom('a', '.', '\\w', '[ab]', '[^x]', '\\s?', '\\b', 'a?', 'é', '[\\u0100-\\uffff]'),
    fc
      .tuple(tie('hostile'), fc.constantFrom('*', '+', '?', '{1,20}', '{15}', '{3,}'))
      .map(([of, times]) => `(?:${of})${times}`),
    fc.tuple(tie('hostile'), tie('hostile')).map(([one, other]) => `(?:${one}|${other})`),
    fc.tuple(tie('hostile'), tie('hostile')).map(parts => parts.join('')),
  ),
}))

test('no regular expression takes long, however long the text', () => {
  const found = { decided: 0, tooComplex: 0, refused: 0 }
  fc.assert(
    fc.property(hostile, fc.constantFrom('', '$', 'x', '!$'), longTextInShort, (source, end, { text }) => {
      const search = () => {
        try {
          const compiled = createRegexSearch(compileRegex(source + end))
          found[compiled.matches(text) === undefined ? 'tooComplex' : 'decided']++
        } catch (error) {
          if (!(error instanceof RegexError)) throw error
          found.refused++
        }
      }
      expect(leastOf(() => workOf(search), MAX_MILLISECONDS)).toBeLessThan(MAX_MILLISECONDS)
    }),
    { numRuns: 150 },
  )
  // It is no answer to refuse all.
  expect(found.decided).toBeGreaterThan(found.tooComplex + found.refused)
})

test.each(['(a+)+$', '(a|a)*b', '(a*)*b', '(x+x+)+y', '^(\\w+\\s?)*$', '([a-z]+)*[0-9]$', '(.*)*=(.*)*!'])(
  '%s is decided, where others take for ever',
  source => {
    const search = createRegexSearch(compileRegex(source))
    for (const text of [`${'a'.repeat(LENGTH)}!`, `${'x'.repeat(LENGTH)}é`]) {
      expect(search.matches(text)).toBe(false)
    }
    expect(search.matches('aaxxy=1!b0')).toBe(source !== '(a+)+$' && source !== '^(\\w+\\s?)*$')
  },
)

test('says where it gives up, and goes on with the next text', () => {
  const search = createRegexSearch(compileRegex('[ab]*a[ab]{500}c'))
  const text = scrambled(1, random => 'ab'[random % 2] ?? '')
  expect(search.matches(text)).toBeUndefined()
  expect(search.matches(`${'ba'.repeat(251)}c`)).toBe(true)
  expect(search.matches('abc')).toBe(false)
})

test.each([
  ['(?=a)', 'A lookahead or lookbehind'],
  ['x(?!a)', 'A lookahead or lookbehind'],
  ['(?<=a)b', 'A lookahead or lookbehind'],
  ['(?<!a)b', 'A lookahead or lookbehind'],
  ['(a)\\1', 'A reference to a group'],
  ['(?<name>a)\\k<name>', 'A reference to a group'],
  ['\\p{L}', '\\p{…}'],
  ['\\u{61}', '\\u{…}'],
  ['\\012', 'An octal number'],
  ['a{1000}b{1000}', 'too large'],
  ['((a{1000}){1000}){1000}', 'too large'],
  ['(?:){100000}', 'too large'],
  ['a'.repeat(1_001), '1000 characters'],
  ['(', 'Invalid regular expression'],
])('%s is refused, with a reason', (source, reason) => {
  expect(() => compileRegex(source)).toThrow(reason)
})

test('a named group is a group', () => {
  const search = createRegexSearch(compileRegex('^(?<verb>GET|POST) /(?<path>.*)$'))
  expect([search.matches('get /x'), search.matches('put /x')]).toEqual([true, false])
})
