// Panel: what the panel uses of `devtools.panels`: the theme of DevTools, and its Sources and Network panels.

import { type ReadonlySignal, signal } from '@preact/signals'
import { REDACTED } from '../../wire/secrets.ts'

export type Theme = 'light' | 'dark'

/** Chromium has `setThemeChangeHandler`, Firefox has `onThemeChanged`. */
export interface ThemeSource {
  readonly themeName?: string
  setThemeChangeHandler?(handler: (themeName: string) => void): void
  readonly onThemeChanged?: {
    addListener(listener: (themeName: string) => void): void
    removeListener(listener: (themeName: string) => void): void
  }
}

/** The theme is also set as `data-theme` on `root`. */
export function followTheme(source: ThemeSource, root: HTMLElement): { theme: ReadonlySignal<Theme>; stop(): void } {
  const theme = signal<Theme>('light')
  const apply = (name: string | undefined): void => {
    const value = name === 'dark' ? 'dark' : 'light'
    root.dataset.theme = value
    theme.value = value
  }
  const onChange = (name: string): void => apply(name)
  apply(source.themeName)
  if (source.onThemeChanged) source.onThemeChanged.addListener(onChange)
  else source.setThemeChangeHandler?.(onChange)
  return { theme, stop: () => source.onThemeChanged?.removeListener(onChange) }
}

/** Lines and columns count from 1. */
export interface SourceLocation {
  url: string
  line: number
  column: number
}

/** Only Chromium has it. Its lines and columns count from 0. */
export interface ResourceOpener {
  openResource?(url: string, line: number, column: number): void
}

/** Undefined if the browser cannot open the Sources panel. */
export function createSourceOpener(panels: ResourceOpener): ((location: SourceLocation) => void) | undefined {
  if (typeof panels.openResource !== 'function') return undefined
  return ({ url, line, column }) => panels.openResource?.(url, line - 1, column - 1)
}

/** Only Chromium has it: https://developer.chrome.com/docs/extensions/reference/api/devtools/panels#type-Network */
export interface NetworkOpener {
  network?: { show?(options: { filter: string }): Promise<void> }
}

/** Returns a function that shows the requests to a URL in the Network panel. Undefined if the browser cannot. */
export function createNetworkOpener(panels: NetworkOpener): ((url: string) => void) | undefined {
  const { network } = panels
  if (typeof network?.show !== 'function') return undefined
  // The Network panel does not know our redaction, so only what stands before it can match.
  return url => void network.show?.({ filter: url.replace(`//${REDACTED}@`, '//').split(REDACTED)[0] as string })
}
