// Panel: the Export button, and beside it the menu of the file's forms.

import { usePanel } from '../app/panel-context.ts'
import { Icon } from '../kit/icon.tsx'
import { closePopup, PopupButton } from '../kit/popup-button.tsx'

export function ExportButtons() {
  const { store, exporter } = usePanel()
  // What has not been read yet would be missing in the file.
  const whole = store.known.value && store.connection.value !== 'loading'
  const disabled = exporter.progress.value !== null || !whole || (!store.readOnly.value && !store.info.value)
  const item = (text: string, gzip: boolean) => (
    <button
      type="button"
      class="menu-item"
      onClick={event => {
        closePopup(event)
        void exporter.start({ gzip })
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
        title="Save the session as a JSON file"
        disabled={disabled}
        onClick={() => void exporter.start({ gzip: false })}
      >
        <Icon name="export" />
        Export
      </button>
      <PopupButton
        class="tool more"
        label="Export as"
        title="Choose the form of the file"
        disabled={disabled}
        button={<Icon name="open" />}
      >
        {item('JSON (.json)', false)}
        {item('JSON, compressed (.json.gz)', true)}
      </PopupButton>
    </>
  )
}
