// Panel: the settings. Each change applies immediately, in all open panels.
import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import { sentText } from '../../model/text/sent-text.ts'
import { isLoopback, MAX_REDACTED_PARAMETERS, SETTING_LIMITS, type Settings } from '../../wire/settings.ts'
import { SettingsProblem } from '../app/infobars.tsx'
import { usePanel } from '../app/panel-context.ts'
import { Dialog } from '../kit/dialog.tsx'

export function SettingsDialog() {
  const { dialog, incognito, profiling } = usePanel()
  return (
    <Dialog name="settings" title="Settings">
      <SettingsProblem />
      {incognito && <p>Changes apply to incognito windows only, and are lost when you close all of them.</p>}
      <Group title="Slow operations">
        <NumberSetting class="setting" name="slowThresholdMs" label="Mark as slow at" unit="ms" />
        <Switch name="warnSlowInConsole">Log slow operations to the page’s console</Switch>
      </Group>
      <Group title="Requests">
        <Switch name="callStacks">Capture call stacks in the page (slows requests)</Switch>
      </Group>
      <Group title="View">
        <Switch name="groupRoutes">
          Group requests by route: <code>GET /users/:id</code>
        </Switch>
        <DurationScale />
        {profiling && <Switch name="performanceTrack">Show operations in recordings of the Performance panel</Switch>}
      </Group>
      <Group title="Stored sessions">
        <NumberSetting class="setting" name="keepDays" label="Keep for" unit="days" />
        <NumberSetting class="setting" name="maxTotalMb" label="Storage limit" unit="MB" />
      </Group>
      {!incognito && (
        <Group title="OpenTelemetry">
          <Collector />
        </Group>
      )}
      <Group title="Privacy">
        <SecretParameters />
      </Group>
      <button
        type="button"
        class="action"
        onClick={() => {
          dialog.value = 'shortcuts'
        }}
      >
        Keyboard shortcuts
      </button>
    </Dialog>
  )
}

function Group({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <fieldset>
      <legend>{title}</legend>
      {children}
    </fieldset>
  )
}

type SwitchName = 'warnSlowInConsole' | 'groupRoutes' | 'callStacks' | 'performanceTrack'

function Switch({ name, children }: { name: SwitchName; children: ComponentChildren }) {
  const { settings } = usePanel()
  return (
    <label class="setting">
      <input
        type="checkbox"
        checked={settings.settings.value[name]}
        onChange={event => void settings.change({ [name]: event.currentTarget.checked })}
      />
      <span>{children}</span>
    </label>
  )
}

function DurationScale() {
  const { settings } = usePanel()
  return (
    <label class="setting">
      <span>Duration scale</span>
      <select
        value={settings.settings.value.durationScale}
        onChange={event =>
          void settings.change({ durationScale: event.currentTarget.value as Settings['durationScale'] })
        }
      >
        <option value="log">Logarithmic</option>
        <option value="linear">Linear</option>
      </select>
    </label>
  )
}

function Collector() {
  const { settings, store, formatters } = usePanel()
  const { collector } = settings.settings.value
  return (
    <>
      <label class="setting stacked">
        <span>Send operations to a collector on this machine</span>
        <input
          type="text"
          placeholder="http://localhost:4318"
          spellcheck={false}
          autocomplete="off"
          defaultValue={collector}
          onInput={event => event.currentTarget.setCustomValidity('')}
          onChange={async event => {
            const field = event.currentTarget
            const entered = field.value.trim()
            const isValid = entered === '' || isLoopback(entered)
            field.setCustomValidity(isValid ? '' : 'Enter an address on this machine, such as http://localhost:4318.')
            if (!field.reportValidity() || entered === settings.settings.peek().collector) return
            await settings.change({ collector: entered, collectorSince: Date.now() })
            if (settings.problem.peek()) field.value = settings.settings.peek().collector
          }}
        />
      </label>
      {collector !== '' && (
        <p class="sent" role="status">
          {sentText(collector, store.live.info.value?.sent, settings.unsent.value, formatters).join(' ')}
        </p>
      )}
    </>
  )
}

function SecretParameters() {
  const { settings } = usePanel()
  return (
    <label class="setting stacked">
      <span>Additional URL parameters to redact</span>
      <input
        type="text"
        placeholder="ticket, customerKey"
        spellcheck={false}
        autocomplete="off"
        // `defaultValue`, so that a change of another setting does not replace what is being typed.
        defaultValue={settings.settings.value.redactedParameters.join(', ')}
        onChange={async event => {
          const field = event.currentTarget
          const redactedParameters = field.value.split(/[\s,]+/).filter(name => name !== '')
          await settings.change({ redactedParameters: redactedParameters.slice(0, MAX_REDACTED_PARAMETERS) })
          if (settings.problem.peek()) field.value = settings.settings.peek().redactedParameters.join(', ')
        }}
      />
    </label>
  )
}

interface NumberSettingProps {
  name: keyof typeof SETTING_LIMITS
  /** Before the field. */
  label: string
  /** After the field. */
  unit: string
  class: string
  title?: string
}

export function NumberSetting({ name, label, unit, title, ...props }: NumberSettingProps) {
  const { settings } = usePanel()
  const id = useId()
  const [min, max] = SETTING_LIMITS[name]
  return (
    <label class={props.class} htmlFor={id} title={title}>
      <span>{label}</span>
      <input
        id={id}
        type="number"
        class="number"
        min={min}
        max={max}
        step="any"
        required
        value={settings.settings.value[name]}
        onChange={event => {
          const field = event.currentTarget
          // If it is invalid, the browser explains why, and the setting does not change.
          if (field.reportValidity()) void settings.change({ [name]: field.valueAsNumber })
        }}
        onBlur={event => {
          event.currentTarget.value = String(settings.settings.value[name])
        }}
      />
      <span>{unit}</span>
    </label>
  )
}
