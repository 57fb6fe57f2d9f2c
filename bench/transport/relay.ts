// The content script of our wire: the extension's own relay.
import { startRelay } from '../../extension/page-relay.ts'

startRelay()
