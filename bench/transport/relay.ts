// The content script of our wire: the extension's own relay.
import '../../extension/relay/relay.ts'
