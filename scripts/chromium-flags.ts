// World: Node. The flags that Chromium gets.

export interface FlagOptions {
  readonly extensionDir?: string
  readonly headless: boolean
  /** Opens DevTools with every tab. */
  readonly devtools: boolean
}

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
    ...(extensionDir ? [`--disable-extensions-except=${extensionDir}`, `--load-extension=${extensionDir}`] : []),
    // The old headless mode, Playwright's `headless: true`, loads no extensions.
    ...(headless ? ['--headless=new', '--disable-gpu'] : []),
    ...(devtools ? ['--auto-open-devtools-for-tabs'] : []),
    ...(isRoot ? ['--no-sandbox'] : []),
  ]
}
