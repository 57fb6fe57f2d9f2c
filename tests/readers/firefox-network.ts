// Node; the script that it sends runs in Firefox: what Firefox's Network Monitor shows of a HAR file. The modules are internal to
// Firefox and may move.
import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findFirefox } from '../../scripts/find-firefox.ts'
import { connectMarionette, type Marionette } from '../../scripts/marionette.ts'
import { waitUntil } from '../../scripts/wait-until.ts'

/** Times are milliseconds. */
export interface FirefoxRequest {
  url: string
  method: string
  /** Text, as the panel has it. */
  status: string
  start: number
  duration: number
}

const PREFERENCES = `user_pref("marionette.port", 0);
user_pref("app.update.enabled", false);
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
`

const IMPORT = `const [text, done] = arguments;
  (async () => {
    const { require } = ChromeUtils.importESModule('resource://devtools/shared/loader/Loader.sys.mjs');
    const { gDevTools } = require('devtools/client/framework/devtools');
    const toolbox = await gDevTools.showToolboxForTab(gBrowser.selectedTab, { toolId: 'netmonitor' });
    const { panelWin } = toolbox.getCurrentPanel();
    const { HarImporter } = panelWin.windowRequire('devtools/client/netmonitor/src/har/har-importer');
    new HarImporter(panelWin.actions).import(text);
    const { requests } = panelWin.store.getState().requests;
    return JSON.stringify([...requests.values()].map(({ url, method, status, startedMs, totalTime }) =>
      ({ url, method, status: String(status), start: startedMs, duration: totalTime })));
  })().then(value => done({ value }), error => done({ error: String(error) }))`

const SCRIPT_TIMEOUT_MS = 90_000

export async function openInFirefox(har: string): Promise<FirefoxRequest[]> {
  const profile = await mkdtemp(join(tmpdir(), 'perf-firefox-'))
  await writeFile(join(profile, 'user.js'), PREFERENCES)
  const flags = ['--headless', '--no-remote', '--profile', profile, '--marionette', '--remote-allow-system-access']
  const firefox = spawn(await findFirefox(), flags, { stdio: 'ignore' })
  const ended = new Promise(resolve => firefox.once('exit', resolve))
  let marionette: Marionette | undefined
  try {
    marionette = connectMarionette(
      await waitUntil('Firefox’s port', async () => {
        return Number(await readFile(join(profile, 'MarionetteActivePort'), 'utf8').catch(() => '')) || undefined
      }),
    )
    await marionette.send('WebDriver:NewSession', { capabilities: {} })
    await marionette.send('Marionette:SetContext', { value: 'chrome' })
    await marionette.send('WebDriver:SetTimeouts', { script: SCRIPT_TIMEOUT_MS })
    const answer = await marionette.send('WebDriver:ExecuteAsyncScript', { script: IMPORT, args: [har] })
    const { value, error } = (answer as { value: { value: string; error?: string } }).value
    if (error !== undefined) throw new Error(error)
    return JSON.parse(value) as FirefoxRequest[]
  } finally {
    marionette?.close()
    firefox.kill()
    await ended
    await rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  }
}
