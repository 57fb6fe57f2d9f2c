// World: Node, entry of `npm run package`.

import { writeReleaseFiles } from './release-files.ts'

await writeReleaseFiles()
