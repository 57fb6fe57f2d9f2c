// World: Node, entry of `npm run build:lib`.

import { buildLibrary } from './library-package.ts'

process.exitCode = (await buildLibrary()) ? 0 : 1
