// Panel: what narrows down the operations that are shown, in the toolbar.
import { FilterField } from './filter-field.tsx'
import { NumberSetting } from './number-setting.tsx'

export function Narrowing() {
  return (
    <div class="narrowing">
      <FilterField />
      <NumberSetting
        name="slowThresholdMs"
        class="tool-check"
        label="Slow ≥"
        unit="ms"
        title="Operations that take at least as long are marked as slow"
      />
    </div>
  )
}
