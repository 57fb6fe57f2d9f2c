// World: Node. The flags that Chromium gets.

export interface FlagOptions {
  readonly extensionDir?: string
  readonly headless: boolean
  /** Opens DevTools with every tab. */
  readonly devtools: boolean
}

/**
 * The browser keeps only the last list that it gets, so what Playwright switches off is here, too:
 * https://github.com/microsoft/playwright/blob/main/packages/playwright-core/src/server/chromium/chromiumSwitches.ts.
 * Ours are the popups of the address bar, which are pages of their own: a fifth of what a browser costs until DevTools are open.
 */
const DISABLED_FEATURES = [
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
]

export function chromiumFlags({ extensionDir, headless, devtools }: FlagOptions): string[] {
  const isRoot = process.getuid?.() === 0
  return [
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-quic',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--remote-debugging-port=0',
    `--disable-features=${DISABLED_FEATURES.join()}`,
    ...(extensionDir ? [`--disable-extensions-except=${extensionDir}`, `--load-extension=${extensionDir}`] : []),
    // The old headless mode, Playwright's `headless: true`, loads no extensions.
    ...(headless ? ['--headless=new', '--disable-gpu'] : []),
    ...(devtools ? ['--auto-open-devtools-for-tabs'] : []),
    ...(isRoot ? ['--no-sandbox'] : []),
  ]
}
