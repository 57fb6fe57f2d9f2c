// Node. One application, from its installation to what was found.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Comparison } from './compare.ts'
import type { LoggedCall } from './logged-calls.ts'
import { REAL_APPS } from './real-apps.ts'
import { recordApp } from './record-app.ts'
import { schemaErrors } from './schema-errors.ts'
import { startApp } from './start-app.ts'

export interface AppResult {
  name: string
  packages: string[]
  browser: string
  calls: readonly LoggedCall[]
  comparison: Comparison
  /** What is wrong with the exported file by its schema. */
  schemaErrors: string[]
  /** Where the export of the import has other bytes; undefined where they are the same. */
  difference: string | undefined
}

/** @param out the folder that keeps the exported session. */
export async function tryApp(name: string, extensionDir: string, out: string | undefined): Promise<AppResult> {
  const use = REAL_APPS[name]
  if (!use) throw new Error(`There is no application ${name}: there are ${Object.keys(REAL_APPS).join(', ')}.`)
  const { url, packages, stop } = await startApp(name)
  try {
    const { browser, calls, comparison, text, again } = await recordApp(extensionDir, url, use)
    if (out !== undefined) {
      await mkdir(out, { recursive: true })
      await writeFile(join(out, `${name}.json`), text)
    }
    if (calls.length === 0) throw new Error(`${name} made no request.`)
    const errors = schemaErrors(JSON.parse(text))
    return { name, packages, browser, calls, comparison, schemaErrors: errors, difference: difference(text, again) }
  } finally {
    await stop()
  }
}

/** The first bytes that differ, as a sentence; undefined where none do. */
function difference(text: string, again: string): string | undefined {
  if (text === again) return undefined
  let at = 0
  while (text[at] === again[at]) at++
  const excerpt = (of: string): string => JSON.stringify(of.slice(at - 30, at + 50))
  return `${excerpt(again)} instead of ${excerpt(text)}`
}
