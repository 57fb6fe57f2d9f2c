// Panel: a button that does what a message proposes. Mostly the message goes by it.
import type { ComponentChildren } from 'preact'
import { useFocusRestore } from './use-focus-restore.ts'

export function Action({ onClick, children }: { onClick(): void; children: ComponentChildren }) {
  const button = useFocusRestore<HTMLButtonElement>()
  return (
    <button ref={button} type="button" class="action" onClick={onClick}>
      {children}
    </button>
  )
}
