// Isolated world of each frame: the entry of the relay.
import { startRelay } from './page-relay.ts'

startRelay()
