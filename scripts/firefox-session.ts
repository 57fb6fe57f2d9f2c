// World: Node; the scripts that it sends run in Firefox. A Firefox with the extension, whose DevTools show Perf. What it
// calls there is internal to Firefox and may move: only this file and tests/firefox/network-monitor.ts know it.

import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Theme } from './browser-profile.ts'
import { findFirefox } from './find-firefox.ts'
import { connectMarionette, type Marionette } from './marionette.ts'
import { waitUntil } from './wait-until.ts'

/** Preferences that let a profile be driven and keep it quiet. */
const PREFERENCES = {
  'marionette.port': 0,
  'app.update.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.page': 0,
  'browser.aboutwelcome.enabled': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  // Downloads are saved without a question.
  'browser.download.folderList': 2,
  'browser.download.useDownloadDir': true,
  'browser.download.alwaysOpenPanel': false,
  // Tabs may be opened in a container.
  'privacy.userContext.enabled': true,
}

/** Milliseconds that a script may take on a busy machine. */
const SCRIPT_TIMEOUT = 90_000

export type Dock = 'bottom' | 'right' | 'window'

/** Pixels: DevTools at the bottom of the window get most of it. */
const DEVTOOLS_HEIGHT = 600

export interface FirefoxOptions {
  /** The extension: its folder, or a zip of that. */
  readonly path: string
  readonly headless: boolean
  /** Of DevTools; light by default. */
  readonly theme?: Theme
}

export interface FirefoxSession {
  goto(url: string): Promise<void>
  reload(): Promise<void>
  /** Opens a tab, by default an ordinary one, and goes on there. */
  openTab(options?: { userContextId?: number }): Promise<void>
  /** Closes the tab, and goes on in the one before it. */
  closeTab(): Promise<void>
  /** The value of a script, which may `await` and says `return`, in the page; what it gives is JSON. */
  inPage(script: string): Promise<unknown>
  /** The same in the page's first frame. */
  inFrame(script: string): Promise<unknown>
  /** The same in the panel's document; undefined while there is none. */
  inPanel(script: string): Promise<unknown>
  /** Opens DevTools on the tab, and shows Perf in them. */
  openDevtools(): Promise<void>
  closeDevtools(): Promise<void>
  /** The value of a script in Firefox's own code, where `toolbox` is the tab's DevTools. */
  inToolbox(script: string): Promise<unknown>
  /** Moves DevTools to another side of the window. Firefox then loads the panel anew. */
  dock(side: Dock): Promise<void>
  /** Of DevTools. */
  setTheme(theme: Theme): Promise<void>
  /** Presses keys, by their names in `KeyboardEvent.key`, where the focus is in DevTools. */
  press(...keys: string[]): Promise<void>
  /** Puts the focus into the panel's document, where it was there before. */
  focusPanel(): Promise<void>
  /** The text on the clipboard. */
  clipboard(): Promise<unknown>
  /** Stops the extension's event page, as Firefox does when it has been idle. */
  suspendBackground(): Promise<void>
  /** `running`, `suspending`, `stopped` or `starting`. */
  backgroundState(): Promise<unknown>
  /** Whether the extension runs in private windows. */
  runsInPrivateWindows(): Promise<unknown>
  /** The bytes of the file that `action` makes the browser download. */
  download(action: () => Promise<unknown>): Promise<Buffer>
  /** A picture of the window, DevTools included, as PNG. */
  screenshot(): Promise<Buffer>
  /** Resolves when Firefox has ended, for whatever reason. */
  readonly ended: Promise<unknown>
  close(): Promise<void>
}

export async function openFirefox({ path, headless, theme = 'light' }: FirefoxOptions): Promise<FirefoxSession> {
  const profile = mkdtempSync(join(tmpdir(), 'perf-firefox-'))
  const downloads = join(profile, 'downloads')
  mkdirSync(downloads)
  const preferences = {
    ...PREFERENCES,
    'browser.download.dir': downloads,
    'devtools.theme': theme,
    'devtools.toolbox.footer.height': DEVTOOLS_HEIGHT,
  }
  const lines = Object.entries(preferences).map(([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});\n`)
  writeFileSync(join(profile, 'user.js'), lines.join(''))
  const flags = ['--no-remote', '--profile', profile, '--marionette', '--remote-allow-system-access']
  const size = ['--width', '1280', '--height', '800']
  const firefox = spawn(await findFirefox(), [...(headless ? ['--headless', ...size] : []), ...flags], {
    stdio: 'ignore',
  })
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
    await marionette.send('WebDriver:SetTimeouts', { script: SCRIPT_TIMEOUT })
    // Private windows are allowed, as far as the extension's manifest lets the user allow them.
    const installed = await marionette.send('Addon:Install', { path, temporary: true, allowPrivateBrowsing: true })
    const driven = drive(marionette, (installed as { value: string }).value)
    return { ...driven, download: action => download(downloads, action), ended, close }
  } catch (error) {
    await close()
    throw error
  }
}

async function download(folder: string, action: () => Promise<unknown>): Promise<Buffer> {
  const before = new Set(readdirSync(folder))
  await action()
  return waitUntil('the download', () => {
    const [name, ...others] = readdirSync(folder).filter(file => !before.has(file))
    // While a file is written it is empty, and beside it is another whose name ends in `.part`.
    if (name === undefined || name.endsWith('.part') || others.length > 0) return undefined
    const bytes = readFileSync(join(folder, name))
    return bytes.length > 0 ? bytes : undefined
  })
}

function readPort(profile: string): number | undefined {
  try {
    return Number(readFileSync(join(profile, 'MarionetteActivePort'), 'utf8')) || undefined
  } catch {
    return undefined
  }
}

function drive({ send }: Marionette, addonId: string): Omit<FirefoxSession, 'download' | 'ended' | 'close'> {
  const run = async (context: 'content' | 'chrome', script: string): Promise<unknown> => {
    await send('Marionette:SetContext', { value: context })
    const answer = await send('WebDriver:ExecuteAsyncScript', {
      script: answering(script),
      args: [],
      newSandbox: false,
    })
    const { value } = answer as { value: Answer | null }
    if (!value) throw new Error('The document was replaced while a script ran in it')
    return unwrap(value)
  }
  const toolbox = `const { require } = ChromeUtils.importESModule('resource://devtools/shared/loader/Loader.sys.mjs');
    const { gDevTools } = require('devtools/client/framework/devtools');
    const toolbox = await gDevTools.showToolboxForTab(gBrowser.selectedTab);`
  const extension = `const { extension } = WebExtensionPolicy.getByID(${JSON.stringify(addonId)});`
  const panel = `${extension}
    const panel = [...extension.views].filter(({ viewType }) => viewType === 'devtools_panel').at(-1);`
  const inContent = async (command: string, parameters?: object): Promise<unknown> => {
    await send('Marionette:SetContext', { value: 'content' })
    return send(command, parameters)
  }
  // As a script of the page's own, not of the driver's sandbox.
  const inPage = (script: string): Promise<unknown> =>
    run('content', `return await window.eval(${JSON.stringify(`(async () => { ${script} })()`)})`)
  const goOnInTab = async (position: number): Promise<void> => {
    const handle = ((await inContent('WebDriver:GetWindowHandles')) as string[]).at(position)
    await inContent('WebDriver:SwitchToWindow', { handle })
  }

  return {
    async goto(url) {
      await inContent('WebDriver:Navigate', { url })
      // In a new tab, the load of its first about:blank may have ended the wait.
      await waitUntil('the page', async () => {
        const { value } = (await inContent('WebDriver:GetCurrentURL')) as { value: string }
        return value === 'about:blank' ? undefined : value
      })
    },
    reload: async () => void (await inContent('WebDriver:Refresh')),
    async openTab({ userContextId = 0 } = {}) {
      await run(
        'chrome',
        `const triggeringPrincipal = Services.scriptSecurityManager.getSystemPrincipal();
         gBrowser.selectedTab = gBrowser.addTab('about:blank', { userContextId: ${userContextId}, triggeringPrincipal })`,
      )
      await goOnInTab(-1)
    },
    async closeTab() {
      await inContent('WebDriver:CloseWindow')
      await goOnInTab(-1)
    },
    inPage,
    async inFrame(script) {
      await inContent('WebDriver:SwitchToFrame', { id: 0 })
      try {
        return await inPage(script)
      } finally {
        await inContent('WebDriver:SwitchToFrame', { id: null })
      }
    },
    async inPanel(script) {
      const answer = await run(
        'chrome',
        `${panel}
         const actor = panel?.xulBrowser?.browsingContext.currentWindowGlobal?.getActor('MarionetteCommands');
         return await actor?.executeScript(${JSON.stringify(answering(script))}, [], { async: true })`,
      )
      return answer ? unwrap(answer as Answer) : undefined
    },
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
    inToolbox: script => run('chrome', `${toolbox} ${script}`),
    async dock(side) {
      await run('chrome', `${toolbox} await toolbox.switchHost(${JSON.stringify(side)})`)
    },
    async setTheme(theme) {
      await run('chrome', `Services.prefs.setStringPref('devtools.theme', ${JSON.stringify(theme)})`)
    },
    async press(...keys) {
      await run(
        'chrome',
        `${toolbox}
         const window = toolbox.topWindow;
         const input = Cc['@mozilla.org/text-input-processor;1'].createInstance(Ci.nsITextInputProcessor);
         input.beginInputTransactionForTests(window);
         for (const key of ${JSON.stringify(keys)}) {
           const pressed = new window.KeyboardEvent('', { key });
           const flags = key.length > 1 ? input.KEY_NON_PRINTABLE_KEY : 0;
           input.keydown(pressed, flags);
           input.keyup(pressed, flags);
         }`,
      )
    },
    async focusPanel() {
      await run('chrome', `${panel} panel.xulBrowser.focus()`)
    },
    clipboard: () =>
      run(
        'chrome',
        `const transferable = Cc['@mozilla.org/widget/transferable;1'].createInstance(Ci.nsITransferable);
         transferable.init(null);
         transferable.addDataFlavor('text/plain');
         Services.clipboard.getData(transferable, Services.clipboard.kGlobalClipboard);
         const data = {};
         transferable.getTransferData('text/plain', data);
         return data.value.QueryInterface(Ci.nsISupportsString).data`,
      ),
    async suspendBackground() {
      await run(
        'chrome',
        `${extension}
         await extension.terminateBackground({ ignoreDevToolsAttached: true, disableResetIdleForTest: true })`,
      )
    },
    backgroundState: () => run('chrome', `${extension} return extension.backgroundState`),
    runsInPrivateWindows: () =>
      run('chrome', `return WebExtensionPolicy.getByID(${JSON.stringify(addonId)}).privateBrowsingAllowed`),
    async screenshot() {
      await send('Marionette:SetContext', { value: 'chrome' })
      const { value } = (await send('WebDriver:TakeScreenshot', { full: true, hash: false })) as { value: string }
      return Buffer.from(value, 'base64')
    },
  }
}

interface Answer {
  readonly value?: unknown
  readonly error?: string
}

/** A script whose last argument is a function that is called with the answer: a rejection would lose its message. */
function answering(script: string): string {
  return `const done = arguments[arguments.length - 1];
    (async () => { ${script} })().then(value => done({ value }), error => done({ error: String(error) }))`
}

function unwrap({ value, error }: Answer): unknown {
  if (error !== undefined) throw new Error(error)
  return value
}
