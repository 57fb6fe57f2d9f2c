// World: Node. A profile of its own for one run of the browser.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type Theme = 'light' | 'dark'

export type Dock = 'bottom' | 'undocked'

export interface BrowserProfile {
  readonly dir: string
  /** Call once the browser is launched: exit listeners run in order, and Playwright's ends the browser first. */
  removeOnExit(): void
  remove(): void
}

export interface DevToolsSettings {
  readonly theme: Theme
  readonly dock: Dock
}

/**
 * The panel that DevTools opens with, as if the user had left it there. It costs less to load than Elements, the default, with
 * its styles: a sixth less for a browser's start and its DevTools.
 */
const FIRST_PANEL = JSON.stringify('lighthouse')

export function createBrowserProfile({ theme, dock }: DevToolsSettings): BrowserProfile {
  const dir = mkdtempSync(join(tmpdir(), 'perf-chromium-'))
  const uiTheme = JSON.stringify(theme === 'dark' ? 'dark' : 'default')
  // DevTools keeps its settings as JSON within JSON; which of the two sets it reads depends on sync.
  const settings = {
    currentDockState: JSON.stringify(dock),
    'ui-theme': uiTheme,
    uiTheme,
    'panel-selected-tab': FIRST_PANEL,
  }
  mkdirSync(join(dir, 'Default'))
  writeFileSync(
    join(dir, 'Default', 'Preferences'),
    JSON.stringify({
      devtools: { preferences: settings, synced_preferences_sync_disabled: settings },
      extensions: { ui: { developer_mode: true } },
    }),
  )
  const remove = () => {
    process.off('exit', remove)
    // The browser's last processes may still write for a moment.
    rmSync(dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  }
  return { dir, remove, removeOnExit: () => process.once('exit', remove) }
}
