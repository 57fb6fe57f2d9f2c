// Panel: the toolbar, with the buttons for recording, the session picker and the filter.

import { usePanel } from '../app/panel-context.ts'
import { focusTab, useFocusRestore } from '../kit/focus.ts'
import { Icon } from '../kit/icon.tsx'
import { FilterField } from './filter-field.tsx'
import { KindChips } from './kind-chips.tsx'
import { ExportButtons, ImportButton } from './session-files.tsx'
import { SessionPicker } from './session-picker.tsx'
import { NumberSetting } from './settings-dialog.tsx'

export function Toolbar() {
  const { store, view, dialog } = usePanel()
  const recording = store.recording.value
  const { connection } = store.live
  const usable = !store.readOnly.value && (connection.value === 'ready' || connection.value === 'loading')

  return (
    <div class="toolbar" role="toolbar" aria-label="Session">
      <button
        type="button"
        class={recording ? 'tool recording' : 'tool'}
        aria-label="Record"
        aria-pressed={recording}
        title={recording ? 'Pause recording' : 'Resume recording'}
        disabled={!usable}
        onClick={() => store.setRecording(!recording)}
      >
        <Icon name={recording ? 'stop' : 'record'} />
      </button>
      <button type="button" class="tool" aria-label="Clear" title="Clear" disabled={!usable} onClick={store.clear}>
        <Icon name="clear" />
      </button>
      <label class="tool-check" title="Keep the log when the page reloads or navigates">
        <input
          type="checkbox"
          checked={store.info.value?.preserveLog ?? true}
          disabled={!usable}
          onChange={event => store.setPreserveLog(event.currentTarget.checked)}
        />
        Keep log
      </label>
      <span class="divider" />
      <SessionPicker />
      <span class="divider" />
      <FilterBar />
      <span class="divider" />
      <ImportButton />
      <ExportButtons />
      <CompareButton />
      <span class="space" />
      {view.span.value && <FollowButton />}
      <button
        type="button"
        class="tool"
        aria-label="Settings"
        title="Settings"
        onClick={() => {
          dialog.value = 'settings'
        }}
      >
        <Icon name="settings" />
      </button>
    </div>
  )
}

function CompareButton() {
  const { tables } = usePanel()
  return (
    <button
      type="button"
      class="tool labelled compare-button"
      title="Compare sessions: what became slower or faster"
      onClick={() => {
        tables.tab.choose('compare')
        focusTab()
      }}
    >
      <Icon name="compare" />
      Compare
    </button>
  )
}

function FollowButton() {
  const { view } = usePanel()
  const button = useFocusRestore<HTMLButtonElement>()
  return (
    <button
      ref={button}
      type="button"
      class="tool labelled"
      title="Show the whole session, and follow it while it grows"
      onClick={() => {
        view.zoom.value = null
      }}
    >
      <Icon name="follow" />
      Follow
    </button>
  )
}

function FilterBar() {
  const { inverted } = usePanel().filter
  return (
    <div class="filter-bar">
      <FilterField />
      <label class="tool-check invert" title="Hide what matches the text, instead of showing it">
        <input
          type="checkbox"
          checked={inverted.value}
          onChange={event => {
            inverted.value = event.currentTarget.checked
          }}
        />
        Invert
      </label>
      <KindChips />
      <NumberSetting
        name="slowThresholdMs"
        class="tool-check slow-setting"
        label="Slow ≥"
        unit="ms"
        title="Operations of this duration or longer are marked as slow"
      />
    </div>
  )
}
