// World: Node; the scripts that it sends run in Firefox. A Firefox with the extension, whose DevTools show Perf. What it
// calls there is internal to Firefox and may move: this is the only file that knows it.

import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findFirefox } from './find-firefox.ts'
import { connectMarionette, type Marionette } from './marionette.ts'
import { waitUntil } from './wait-until.ts'

/** Preferences that let a profile be driven and keep it quiet. */
const PREFERENCES = {
  'marionette.port': 0,
  'app.update.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'datareporting.policy.dataSubmissionEnabled': false,
}

export interface FirefoxSession {
  goto(url: string): Promise<void>
  reload(): Promise<void>
  /** The value of a script, which may `await` and says `return`, in the page; what it gives is JSON. */
  inPage(script: string): Promise<unknown>
  /** The same in the panel's document; undefined while there is none. It can't `await`. */
  inPanel(script: string): Promise<unknown>
  /** Opens DevTools on the tab, and shows Perf in them. */
  openDevtools(): Promise<void>
  closeDevtools(): Promise<void>
  /** Whether the extension runs in private windows. */
  runsInPrivateWindows(): Promise<unknown>
  close(): Promise<void>
}

/** @param addon the built, unpacked extension, and the id in its manifest. */
export async function openFirefox(addon: { dir: string; id: string }): Promise<FirefoxSession> {
  const profile = mkdtempSync(join(tmpdir(), 'perf-firefox-'))
  const lines = Object.entries(PREFERENCES).map(([name, value]) => `user_pref("${name}", ${value});\n`)
  writeFileSync(join(profile, 'user.js'), lines.join(''))
  const flags = ['--headless', '--no-remote', '--profile', profile, '--marionette', '--remote-allow-system-access']
  const firefox = spawn(await findFirefox(), flags, { stdio: 'ignore' })
  const ended = new Promise(resolve => firefox.once('exit', resolve))
  let marionette: Marionette | undefined
  const close = async (): Promise<void> => {
    marionette?.close()
    firefox.kill()
    await ended
    rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  }
  try {
    marionette = connectMarionette(await waitUntil('Firefox’s port', () => readPort(profile)))
    await marionette.send('WebDriver:NewSession', { capabilities: {} })
    // Private windows are allowed, as far as the extension's manifest lets the user allow them.
    await marionette.send('Addon:Install', { path: addon.dir, temporary: true, allowPrivateBrowsing: true })
    return { ...drive(marionette, addon.id), close }
  } catch (error) {
    await close()
    throw error
  }
}

function readPort(profile: string): number | undefined {
  try {
    return Number(readFileSync(join(profile, 'MarionetteActivePort'), 'utf8')) || undefined
  } catch {
    return undefined
  }
}

function drive({ send }: Marionette, addonId: string): Omit<FirefoxSession, 'close'> {
  const run = async (context: 'content' | 'chrome', script: string): Promise<unknown> => {
    await send('Marionette:SetContext', { value: context })
    const whole = `const done = arguments[arguments.length - 1];
      (async () => { ${script} })().then(value => done({ value }), error => done({ error: String(error) }))`
    const answer = await send('WebDriver:ExecuteAsyncScript', { script: whole, args: [], newSandbox: false })
    const { value, error } = (answer as { value: { value?: unknown; error?: string } }).value
    if (error !== undefined) throw new Error(error)
    return value
  }
  const toolbox = `const { require } = ChromeUtils.importESModule('resource://devtools/shared/loader/Loader.sys.mjs');
    const { gDevTools } = require('devtools/client/framework/devtools');
    const toolbox = await gDevTools.showToolboxForTab(gBrowser.selectedTab);`
  const inContent = async (command: string, parameters?: object): Promise<void> => {
    await send('Marionette:SetContext', { value: 'content' })
    await send(command, parameters)
  }

  return {
    goto: url => inContent('WebDriver:Navigate', { url }),
    reload: () => inContent('WebDriver:Refresh'),
    // As a script of the page's own, not of the driver's sandbox.
    inPage: script => run('content', `return await window.eval(${JSON.stringify(`(async () => { ${script} })()`)})`),
    inPanel: script =>
      run(
        'chrome',
        `const { extension } = WebExtensionPolicy.getByID(${JSON.stringify(addonId)});
         const panel = [...extension.views].find(({ viewType }) => viewType === 'devtools_panel');
         const actor = panel?.xulBrowser?.browsingContext.currentWindowGlobal?.getActor('MarionetteCommands');
         return await actor?.executeScript(${JSON.stringify(script)}, [], {})`,
      ),
    async openDevtools() {
      await waitUntil('the tab Perf in DevTools', () =>
        run(
          'chrome',
          `${toolbox}
           const tool = [...toolbox.additionalToolDefinitions.values()].find(({ label }) => label === 'Perf');
           if (tool) await toolbox.selectTool(tool.id);
           return tool !== undefined`,
        ).then(Boolean),
      )
    },
    async closeDevtools() {
      await run('chrome', `${toolbox} await toolbox.destroy()`)
    },
    runsInPrivateWindows: () =>
      run('chrome', `return WebExtensionPolicy.getByID(${JSON.stringify(addonId)}).privateBrowsingAllowed`),
  }
}
