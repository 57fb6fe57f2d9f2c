// Panel: DevTools' light or dark theme, as a signal and as `data-theme` on the document.
import { type ReadonlySignal, signal } from '@preact/signals'

export type Theme = 'light' | 'dark'

/** What of `devtools.panels` tells the theme: `setThemeChangeHandler` in Chromium, `onThemeChanged` in Firefox. */
export interface ThemeSource {
  readonly themeName?: string
  setThemeChangeHandler?(handler: (themeName: string) => void): void
  readonly onThemeChanged?: {
    addListener(listener: (themeName: string) => void): void
    removeListener(listener: (themeName: string) => void): void
  }
}

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
export interface SourcePlace {
  url: string
  line: number
  column: number
}

/** What of `devtools.panels` is used: Chromium has it, Firefox has not. Its lines and columns count from 0. */
export interface ResourceOpener {
  openResource?(url: string, line: number, column: number): void
}

/** Undefined where the browser has no such function. */
export function createSourceOpener(panels: ResourceOpener): ((place: SourcePlace) => void) | undefined {
  if (typeof panels.openResource !== 'function') return undefined
  return ({ url, line, column }) => panels.openResource?.(url, line - 1, column - 1)
}
