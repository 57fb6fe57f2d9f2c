// Page's own world (MAIN), at document_start, in every frame while DevTools is open: the entry.
import { startPageRecorder } from './page-recorder.ts'

startPageRecorder()
