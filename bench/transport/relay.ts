// The content script of our wire: the extension's own relay.
import { startRelay } from '../../extension/relay/page-relay.ts'

startRelay()
