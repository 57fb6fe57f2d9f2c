// Test: the table of the filter's terms in the README.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { FILTER_KEYS } from '../../../../model/filter/keys.ts'
import { parseFilter } from '../../../../model/filter/parse.ts'
import { projectRoot } from '../../../../scripts/project-root.ts'

const readme = await readFile(join(projectRoot, 'README.md'), 'utf8')
const table =
  readme
    .split('\n## Filter\n')[1]
    ?.split('\n## ')[0]
    ?.match(/^\| `.*$/gm) ?? []
const terms = table.flatMap(line =>
  Array.from((line.split(' | ')[0] ?? '').matchAll(/`([^`]+)`/g), ([, term]) => term ?? ''),
)

test('names every key, and every word of is: and has:', () => {
  const named = terms.map(term => term.match(/^[a-z-]+/)?.[0])
  expect([...new Set(named)].sort()).toEqual([...FILTER_KEYS.keys()].sort())
  for (const key of ['is', 'has']) {
    const known = FILTER_KEYS.get(key)
    expect(terms).toEqual(
      expect.arrayContaining(known?.type === 'word' ? known.words.map(word => `${key}:${word}`) : ['a word']),
    )
  }
})

test.each(terms)('%s is a term', term => {
  expect(parseFilter(term)).toMatchObject({ terms: [expect.anything()], errors: [], hints: [] })
})
