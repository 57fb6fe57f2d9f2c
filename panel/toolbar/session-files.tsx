// Panel: how a session's file comes in: by a button, or dropped anywhere on the tab.
import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { Icon } from '../../kit/icon.tsx'
import { usePanel } from '../panel-context.ts'

export function ImportButton() {
  const { store } = usePanel()
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <button
        type="button"
        class="tool labelled"
        title="Open a session that was exported, beside the live one"
        onClick={() => input.current?.click()}
      >
        <Icon name="import" />
        Import
      </button>
      <input
        ref={input}
        type="file"
        accept=".json,.gz,application/json,application/gzip"
        multiple
        hidden
        aria-label="Session files"
        onChange={event => {
          for (const file of event.currentTarget.files ?? []) store.openFile(file)
          // The same file may be chosen again.
          event.currentTarget.value = ''
        }}
      />
    </>
  )
}

export function DropZone() {
  const { store } = usePanel()
  const over = useSignal(false)

  useEffect(() => {
    const stop = new AbortController()
    const on = (type: 'dragover' | 'dragleave' | 'drop', handle: (event: DragEvent) => void): void => {
      const onlyFiles = (event: DragEvent): void => {
        if (event.dataTransfer?.types.includes('Files')) handle(event)
      }
      document.addEventListener(type, onlyFiles, { signal: stop.signal })
    }
    on('dragover', event => {
      event.preventDefault()
      over.value = true
    })
    // Between two elements it has another one to go to.
    on('dragleave', event => {
      if (event.relatedTarget === null) over.value = false
    })
    on('drop', event => {
      event.preventDefault()
      over.value = false
      for (const file of event.dataTransfer?.files ?? []) store.openFile(file)
    })
    return () => stop.abort()
  }, [store, over])

  return over.value ? <div class="drop-zone">Drop a session file to open it beside the live one</div> : null
}
