// Panel: import and export: the buttons in the toolbar, and files dropped on the tab.
import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { type ExportFormat, FORMATS, PERF_FORMAT } from '../../model/formats/formats.ts'
import { usePanel } from '../app/panel-context.ts'
import { Icon } from '../kit/icon.tsx'
import { closePopup, PopupButton } from '../kit/popup-button.tsx'

export function ImportButton() {
  const { store } = usePanel()
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <button
        type="button"
        class="tool labelled"
        title="Import a session, a HAR file or a trace of Chrome"
        onClick={() => input.current?.click()}
      >
        <Icon name="import" />
        Import
      </button>
      <input
        ref={input}
        type="file"
        accept=".json,.har,.gz,application/json,application/gzip"
        multiple
        hidden
        aria-label="Session files"
        onChange={event => {
          for (const file of event.currentTarget.files ?? []) store.openFile(file)
          // So that the same file can be chosen again.
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
    // It has a related target when the pointer moves to another element of the tab.
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

  return over.value ? <div class="drop-zone">Drop a session file, a HAR file or a trace to import it</div> : null
}

export function ExportButtons() {
  const { store, exporter } = usePanel()
  // Otherwise the part that has not been read would be missing in the file.
  const complete = store.known.value && store.connection.value !== 'loading'
  const disabled = exporter.progress.value !== null || !complete || (!store.readOnly.value && !store.info.value)
  const item = (text: string, format: ExportFormat, gzip = false) => (
    <button
      key={text}
      type="button"
      class="menu-item"
      onClick={event => {
        closePopup(event)
        void exporter.start(format, { gzip })
      }}
    >
      {text}
    </button>
  )
  return (
    <>
      <button
        type="button"
        class="tool labelled export"
        title="Export as JSON"
        disabled={disabled}
        onClick={() => void exporter.start(PERF_FORMAT, { gzip: false })}
      >
        <Icon name="export" />
        Export
      </button>
      <PopupButton
        class="tool more"
        label="Export format"
        title="Export format"
        disabled={disabled}
        button={<Icon name="open" />}
      >
        {item('JSON (.json)', PERF_FORMAT)}
        {item('Compressed JSON (.json.gz)', PERF_FORMAT, true)}
        {FORMATS.filter(format => format !== PERF_FORMAT).map(format =>
          item(`${format.label} (.${format.extension})`, format),
        )}
      </PopupButton>
    </>
  )
}
