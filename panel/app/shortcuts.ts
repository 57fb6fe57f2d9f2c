// Panel: the keyboard shortcuts that work anywhere in the tab.
import type { PanelParts } from './panel-context.ts'

export type Command = 'record' | 'clear' | 'filter' | 'shortcuts'

type Pressed = Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey'>

/** Undefined if the key is not a shortcut. @param typing whether the focus is in a text field */
export function commandOf(pressed: Pressed, mac: boolean, typing: boolean): Command | undefined {
  const { key, altKey, shiftKey } = pressed
  if (altKey) return undefined
  if (key === '?' && !pressed.ctrlKey && !pressed.metaKey) return typing ? undefined : 'shortcuts'
  const modifier = mac ? pressed.metaKey && !pressed.ctrlKey : pressed.ctrlKey && !pressed.metaKey
  if (!modifier || shiftKey) return undefined
  switch (key.toLowerCase()) {
    case 'e':
      return 'record'
    case 'l':
    case 'k':
      return 'clear'
    case 'f':
      return 'filter'
  }
  return undefined
}

export function isMac(): boolean {
  return navigator.platform.startsWith('Mac')
}

/** Returns a function that stops it. */
export function listenForShortcuts({ store, dialog }: PanelParts): () => void {
  const mac = isMac()
  const onKeyDown = (event: KeyboardEvent): void => {
    const command = commandOf(event, mac, isTyping(event.target))
    if (!command || event.isComposing) return
    // DevTools and the browser have their own actions for these keys, such as finding in the page.
    event.preventDefault()
    event.stopImmediatePropagation()
    if (event.repeat || (dialog.peek() !== null && command !== 'shortcuts')) return
    if (command === 'filter') focusFilter()
    else if (command === 'shortcuts') dialog.value = dialog.peek() === 'shortcuts' ? null : 'shortcuts'
    // Like the buttons, only while the live session is shown.
    else if (store.readOnly.peek()) return
    else if (command === 'record') store.setRecording(!store.recording.peek())
    else store.clear()
  }
  // DevTools' script in this page listens on the document and forwards keys to the front-end, where Escape opens the
  // console drawer. Keys that the tab handles, or that close a dialog or popup, must not reach it.
  const keepFromDevtools = (event: KeyboardEvent): void => {
    const closes = event.key === 'Escape' && document.querySelector(':modal, :popover-open') !== null
    if (event.defaultPrevented || closes) event.stopPropagation()
  }
  window.addEventListener('keydown', onKeyDown, { capture: true })
  document.documentElement.addEventListener('keydown', keepFromDevtools)
  return () => {
    window.removeEventListener('keydown', onKeyDown, { capture: true })
    document.documentElement.removeEventListener('keydown', keepFromDevtools)
  }
}

function focusFilter(): void {
  const field = document.getElementById('filter')
  if (!(field instanceof HTMLInputElement)) return
  field.focus()
  field.select()
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input:not([type=checkbox]), textarea, select')
}
