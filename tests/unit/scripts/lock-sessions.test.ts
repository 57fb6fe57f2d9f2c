import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'

test('is whole by itself, as tsx runs it: the panel has nothing that stands outside of it', () => {
  const script = `import { lockSessions } from './scripts/lock-sessions.ts'; console.log(String(lockSessions))`
  const flags = ['--import', 'tsx', '--input-type=module', '--eval', script]
  const text = execFileSync(process.execPath, flags, { encoding: 'utf8' })
  expect(text).toContain("open('perf')".replaceAll("'", '"'))
  expect(text).not.toContain('__name')
})
