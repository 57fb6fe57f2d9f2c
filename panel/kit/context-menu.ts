// Panel: a menu at the pointer, or below the focused element. Its elements exist only while it is open.
// https://www.w3.org/WAI/ARIA/apg/patterns/menubar/

export interface MenuItem {
  text: string
  /** For an item that is switched on or off. */
  checked?: boolean
  disabled?: boolean
  run(): void
}

/** Groups of items with a line between them. */
export type MenuGroups = readonly (readonly MenuItem[])[]

/** Where a menu opens: CSS pixels of the window. */
export interface MenuPlace {
  x: number
  y: number
}

/** Where the menu of a `contextmenu` event opens: at the pointer, or below an element if a key caused the event. */
export function menuPlaceOf(event: MouseEvent, element: Element): MenuPlace {
  // Keys (Shift+F10, Menu) report no button, and in some browsers a position at the corner of the window. On a Mac, Control and a
  // click open a menu too.
  if (event.button === 2 || event.ctrlKey) return { x: event.clientX, y: event.clientY }
  const { left, bottom } = element.getBoundingClientRect()
  return { x: left + 8, y: bottom }
}

/** Opens a menu. The focus returns to where it was when the menu closes. */
export function openMenu(label: string, groups: MenuGroups, { x, y }: MenuPlace): void {
  const focused = document.activeElement
  const menu = document.createElement('div')
  menu.className = 'popup context-menu'
  menu.popover = 'auto'
  menu.setAttribute('role', 'menu')
  menu.setAttribute('aria-label', label)
  const close = (): void => menu.hidePopover()
  for (const group of groups) {
    if (group.length === 0) continue
    if (menu.children.length > 0) menu.append(separator())
    for (const item of group) {
      menu.append(
        buttonOf(item, () => {
          close()
          item.run()
        }),
      )
    }
  }
  menu.addEventListener('keydown', event => {
    // DevTools handles Escape itself, so the browser would not close the menu.
    if (event.key === 'Escape' || event.key === 'Tab') close()
    else if (event.ctrlKey || event.metaKey || event.altKey || !moveFocus(menu, event.key)) return
    event.preventDefault()
    event.stopPropagation()
  })
  menu.addEventListener('contextmenu', event => event.preventDefault())
  menu.addEventListener('toggle', event => {
    if ((event as ToggleEvent).newState !== 'closed') return
    const held = menu.contains(document.activeElement) || document.activeElement === document.body
    menu.remove()
    if (held && focused instanceof HTMLElement && focused.isConnected) focused.focus()
  })
  // In a landmark, so that screen readers can say where it is.
  ;(document.querySelector('main') ?? document.body).append(menu)
  menu.showPopover()
  menu.style.left = `${Math.max(2, Math.min(x, innerWidth - menu.offsetWidth - 2))}px`
  menu.style.top = `${Math.max(2, Math.min(y, innerHeight - menu.offsetHeight - 2))}px`
  menu.querySelector<HTMLElement>('button:enabled')?.focus()
}

function separator(): HTMLElement {
  const line = document.createElement('hr')
  line.setAttribute('role', 'separator')
  return line
}

function buttonOf({ text, checked, disabled = false }: MenuItem, run: () => void): HTMLButtonElement {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'menu-item'
  button.tabIndex = -1
  button.disabled = disabled
  button.textContent = text
  button.setAttribute('role', checked === undefined ? 'menuitem' : 'menuitemcheckbox')
  if (checked !== undefined) button.setAttribute('aria-checked', String(checked))
  button.addEventListener('click', run)
  // Not as it enters: a pointer that rests where the menu opens would take the focus from a user of the keyboard.
  button.addEventListener('pointermove', () => button.focus())
  return button
}

/** False if the key does nothing in a menu. */
function moveFocus(menu: HTMLElement, key: string): boolean {
  const buttons = [...menu.querySelectorAll<HTMLElement>('button:enabled')]
  const at = buttons.indexOf(document.activeElement as HTMLElement)
  const next = { ArrowDown: at + 1, ArrowUp: at < 0 ? -1 : at - 1, Home: 0, End: -1 }[key]
  if (next !== undefined) buttons.at(next % buttons.length)?.focus()
  else if (key.length === 1 && key !== ' ') {
    const first = [...buttons.slice(at + 1), ...buttons.slice(0, at + 1)]
    first.find(({ textContent }) => textContent?.toLowerCase().startsWith(key.toLowerCase()))?.focus()
  } else return false
  return true
}
