// Panel: what the colours of the timeline's bars mean.
import { PHASE_NAMES, type Phase } from '../../../model/analysis/phase-segments.ts'

const PHASES = Object.entries(PHASE_NAMES) as [Phase, string][]

export function PhaseLegend() {
  return (
    <div class="phase-legend">
      {PHASES.map(([phase, name]) => (
        <span key={phase} class="key">
          <i class={`sign segment ${phase}`} />
          {name}
        </span>
      ))}
    </div>
  )
}
