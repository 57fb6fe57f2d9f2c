// Panel: a modal dialog. Escape, its close button and a click outside close it, and the focus goes back to where it was.
import type { ComponentChildren } from 'preact'
import { useId, useLayoutEffect, useRef } from 'preact/hooks'
import { type DialogName, usePanel } from '../app/panel-context.ts'
import { CloseButton } from './buttons.tsx'

export function Dialog({ name, title, children }: { name: DialogName; title: string; children: ComponentChildren }) {
  const { dialog } = usePanel()
  const element = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  const open = dialog.value === name

  useLayoutEffect(() => {
    if (open) element.current?.showModal()
    else element.current?.close()
  }, [open])

  return (
    <dialog
      ref={element}
      class="dialog"
      closedby="any"
      aria-labelledby={titleId}
      onClose={() => {
        if (dialog.peek() === name) dialog.value = null
      }}
    >
      {open && (
        <>
          <header>
            <h2 id={titleId}>{title}</h2>
            <CloseButton
              label="Close"
              title="Close"
              onClick={() => {
                dialog.value = null
              }}
            />
          </header>
          <div class="dialog-body">{children}</div>
        </>
      )}
    </dialog>
  )
}
