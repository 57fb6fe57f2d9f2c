// Panel: what narrows down the operations that are shown, in the toolbar.

import { NumberSetting } from '../kit/number-setting.tsx'
import { FilterField } from './filter-field.tsx'

export function FilterBar() {
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
