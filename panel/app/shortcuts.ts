// Panel: the keyboard shortcuts that work anywhere in the tab.
import type { PanelParts } from './panel-context.ts'

export type Command = 'record' | 'clear' | 'filter' | 'shortcuts'

type Pressed = Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey'>

/** What a key press means; undefined if nothing. @param typing whether it is typed into a field. */
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

/** Returns the undo. */
export function listenForShortcuts({ store, dialog }: PanelParts): () => void {
  const mac = isMac()
  const onKeyDown = (event: KeyboardEvent): void => {
    const command = commandOf(event, mac, isTyping(event.target))
    if (!command || event.isComposing) return
    // What DevTools does by the same keys is not meant here; nor what the browser does, such as to find in the page.
    event.preventDefault()
    event.stopImmediatePropagation()
    if (event.repeat || (dialog.peek() !== null && command !== 'shortcuts')) return
    if (command === 'filter') focusFilter()
    else if (command === 'shortcuts') dialog.value = dialog.peek() === 'shortcuts' ? null : 'shortcuts'
    // As the buttons: not while another session than the live one is shown.
    else if (store.readOnly.peek()) return
    else if (command === 'record') store.setRecording(!store.recording.peek())
    else store.clear()
  }
  // DevTools' own script in this page listens on the document, and hands keys on to the front-end: there Escape opens
  // the console. What the tab has used a key for, or will, such as to close what is open, is no more for DevTools.
  const keep = (event: KeyboardEvent): void => {
    const closes = event.key === 'Escape' && document.querySelector(':modal, :popover-open') !== null
    if (event.defaultPrevented || closes) event.stopPropagation()
  }
  window.addEventListener('keydown', onKeyDown, { capture: true })
  document.documentElement.addEventListener('keydown', keep)
  return () => {
    window.removeEventListener('keydown', onKeyDown, { capture: true })
    document.documentElement.removeEventListener('keydown', keep)
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
