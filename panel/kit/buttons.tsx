// Panel: buttons that several components use.
import type { ComponentChildren } from 'preact'
import { useFocusRestore } from './focus.ts'
import { Icon } from './icon.tsx'

/** The button of a message. The message usually disappears when it is clicked. */
export function Action({ onClick, children }: { onClick(): void; children: ComponentChildren }) {
  const button = useFocusRestore<HTMLButtonElement>()
  return (
    <button ref={button} type="button" class="action" onClick={onClick}>
      {children}
    </button>
  )
}

interface CloseButtonProps {
  /** The accessible name. */
  label: string
  title: string
  onClick(): void
}

export function CloseButton({ label, title, onClick }: CloseButtonProps) {
  return (
    <button type="button" class="tool" aria-label={label} title={title} onClick={onClick}>
      <Icon name="close" />
    </button>
  )
}
