// World: Node. Where this repository is.

import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const projectRoot = fileURLToPath(new URL('..', import.meta.url))
export const extensionDir = join(projectRoot, 'dist', 'extension')
export const firefoxDir = join(projectRoot, 'dist', 'firefox')
