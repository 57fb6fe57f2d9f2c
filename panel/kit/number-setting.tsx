// Panel: a setting that is a number, as a field that takes effect at once.
import { useId } from 'preact/hooks'
import { SETTING_LIMITS } from '../../wire/settings.ts'
import { usePanel } from '../app/panel-context.ts'

interface Props {
  name: keyof typeof SETTING_LIMITS
  /** Stands before the field. */
  label: string
  /** Stands behind it. */
  unit: string
  class: string
  title?: string
}

export function NumberSetting({ name, label, unit, title, ...props }: Props) {
  const { settings } = usePanel()
  const id = useId()
  const [least, most] = SETTING_LIMITS[name]
  return (
    <label class={props.class} htmlFor={id} title={title}>
      <span>{label}</span>
      <input
        id={id}
        type="number"
        class="number"
        min={least}
        max={most}
        step="any"
        required
        value={settings.settings.value[name]}
        onChange={event => {
          const field = event.currentTarget
          // The browser says what is wrong; what was set stays.
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
