// Panel: a request's phases as one bar, and how long each took.

import { PHASE_NAMES, phaseSegments } from '../../../model/analysis/phase-segments.ts'
import type { RequestPhases } from '../../../wire/network.ts'
import { usePanel } from '../../app/panel-context.ts'
import { Section } from '../../kit/section.tsx'

/** @param by who told them */
export function PhaseBar({ phases, by, resolution }: { phases: RequestPhases; by: string; resolution: number }) {
  const { formatters } = usePanel()
  const segments = phaseSegments(phases)
  const total = segments.at(-1)?.to ?? 0
  if (total === 0) return null
  return (
    <Section title="Phases">
      <div class="phase-bar" aria-hidden="true">
        {segments.map(({ phase, from, to }) => (
          <i key={phase} class={`segment ${phase}`} style={{ flexGrow: to - from }} />
        ))}
      </div>
      {segments.map(({ phase, from, to }) => (
        <div key={phase} class="field">
          <span class="field-name">
            <i class={`sign segment ${phase}`} />
            {PHASE_NAMES[phase]}
          </span>
          <span class="field-value">
            {formatters.duration(to - from, resolution)} <small>{formatters.percent((to - from) / total)}</small>
          </span>
        </div>
      ))}
      <p class="source-note">By {by}, from the request to the end of its body.</p>
    </Section>
  )
}
