// Devtools page (one for each open DevTools, not visible): the entry. It creates the tab and keeps telling the
// background that this DevTools is open.
import browser from 'webextension-polyfill'
import { announceDevtools } from './devtools-connection.ts'

browser.devtools.panels.create('Perf', '/icons/perf-32.png', '/panel/panel.html')
announceDevtools(browser.devtools.inspectedWindow.tabId)
