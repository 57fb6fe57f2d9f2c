import { expect, test } from 'vitest'
import { siteOf } from '../../../../model/insights/url-facts.ts'

test.each([
  ['example.com', 'example.com'],
  ['api.eu.Example.com', 'example.com'],
  ['shop.example.co.uk', 'example.co.uk'],
  ['example.co.uk', 'example.co.uk'],
  ['a.example.de', 'example.de'],
  ['localhost', 'localhost'],
  ['192.168.1.20', '192.168.1.20'],
  ['[::1]', '[::1]'],
  ['', ''],
])('the site of the host %s is %s', (host, site) => {
  expect(siteOf(host)).toBe(site)
})
