// Devtools page (one for each open DevTools, not visible): the entry. It creates the tab, keeps the background
// informed that this DevTools is open, and records what only DevTools sees.
import browser from 'webextension-polyfill'
import { openSessionLog } from '../../storage/session-log.ts'
import { announceDevtools } from './devtools-connection.ts'
import { recordNetwork } from './network-recorder.ts'

browser.devtools.panels.create('Perf', '/icons/perf-32.png', '/panel/panel.html')
const { tabId } = browser.devtools.inspectedWindow
announceDevtools(tabId)
recordNetwork(tabId, openSessionLog())
