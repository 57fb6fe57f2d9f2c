import { expect, test } from 'vitest'
import { createNetworkOpener } from '../../../../panel/app/devtools.ts'
import { redactUrl } from '../../../../wire/redact-url.ts'

test.each([
  'https://shop.example/api/users?page=2#top',
  'https://shop.example/api/users?page=2&token=a1b2c3',
  'https://shop.example/reset/k3Jd92kslQ0xk3Jd92kslQ0x/done?page=2',
  'https://anna@shop.example/api/users',
])('filters the Network panel so that it shows %s', async url => {
  const filters: string[] = []
  const show = createNetworkOpener({ network: { show: async ({ filter }) => void filters.push(filter) } })
  show?.(redactUrl(url))
  // The Network panel lists URLs without the user.
  const listed = url.replace('anna@', '')
  expect(listed.startsWith(filters[0] as string)).toBe(true)
  expect(filters[0]).toContain('https://shop.example/')
})

test('there is nothing to open where the browser has no such interface', () => {
  expect(createNetworkOpener({})).toBeUndefined()
  expect(createNetworkOpener({ network: {} })).toBeUndefined()
})
