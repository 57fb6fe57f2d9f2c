// Panel: a button that opens a popup below it. Escape and a click elsewhere close the popup.
import type { ComponentChildren } from 'preact'
import { useId, useRef } from 'preact/hooks'

interface Props {
  /** The accessible name, if the button's content has no text. */
  label?: string
  title: string
  class?: string
  disabled?: boolean
  /** Called before the popup opens. */
  onOpen?: () => void
  button: ComponentChildren
  children: ComponentChildren
}

export function PopupButton({ label, title, disabled, onOpen, button, children, ...props }: Props) {
  const id = useId()
  const opener = useRef<HTMLButtonElement>(null)
  const popup = useRef<HTMLDivElement>(null)

  const onKeyDown = (event: KeyboardEvent): void => {
    const list = popup.current
    if (!list?.matches(':popover-open')) return
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    // DevTools handles Escape itself, so the browser would not close the popup.
    if (event.key === 'Escape') list.hidePopover()
    else if (step !== 0) moveFocus(list, step)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it handles keys of the buttons in it
    <span class="popup-button" onKeyDown={onKeyDown}>
      <button
        ref={opener}
        type="button"
        class={props.class ?? 'tool labelled'}
        aria-label={label}
        title={title}
        disabled={disabled}
        popovertarget={id}
      >
        {button}
      </button>
      <div
        ref={popup}
        id={id}
        class="popup"
        popover="auto"
        onBeforeToggle={event => event.newState === 'open' && onOpen?.()}
        onToggle={event => event.newState === 'open' && opener.current && position(event.currentTarget, opener.current)}
      >
        {children}
      </div>
    </span>
  )
}

/** Below the button, and within the panel. */
function position(popup: HTMLElement, opener: HTMLElement): void {
  const { left, bottom } = opener.getBoundingClientRect()
  // Near the right edge the browser would make it narrower: measure its width at the left edge.
  popup.style.left = '0'
  popup.style.top = `${bottom + 1}px`
  popup.style.left = `${Math.max(2, Math.min(left, innerWidth - popup.offsetWidth - 2))}px`
}

function moveFocus(popup: HTMLElement, step: number): void {
  const buttons = [...popup.querySelectorAll<HTMLElement>('button:enabled')]
  const at = buttons.indexOf(document.activeElement as HTMLElement)
  buttons[at < 0 && step < 0 ? buttons.length - 1 : (at + step + buttons.length) % buttons.length]?.focus()
}

/** Closes the popup in which an event happened. */
export function closePopup(event: Event): void {
  ;(event.target as Element | null)?.closest<HTMLElement>('[popover]')?.hidePopover()
}
