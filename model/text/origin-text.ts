// Model: what a file of another format can't say of a session, in words.
import type { FileOrigin } from '../formats/session/import-part.ts'

const TEXTS: Record<FileOrigin, string> = {
  har: 'A HAR file has requests only: no operations of the app, no memory, no long tasks, no lost data. Headers and bodies in it are not kept.',
  'chrome-trace':
    'A trace of Chrome has no causes of failures and no sizes before compression of most requests. User timings are shown as operations.',
}

export function originText(origin: FileOrigin): string {
  return TEXTS[origin]
}
