// Panel: a button that does what a message proposes. Mostly the message goes by it.
import type { ComponentChildren } from 'preact'
import { useFocusRestore } from './focus.ts'
import { Icon } from './icon.tsx'

export function Action({ onClick, children }: { onClick(): void; children: ComponentChildren }) {
  const button = useFocusRestore<HTMLButtonElement>()
  return (
    <button ref={button} type="button" class="action" onClick={onClick}>
      {children}
    </button>
  )
}

interface Props {
  /** The button's accessible name. */
  label: string
  title: string
  onClick(): void
}

export function CloseButton({ label, title, onClick }: Props) {
  return (
    <button type="button" class="tool" aria-label={label} title={title} onClick={onClick}>
      <Icon name="close" />
    </button>
  )
}
