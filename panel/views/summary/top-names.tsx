// Panel: the top groups by one measure. A click shows the operations of a group.
import type { GroupRow } from '../../../model/analysis/group-rows.ts'
import { usePanel } from '../../app/panel-context.ts'
import { focusGroup } from '../operations/groups.ts'

/** As many as one can read at a glance. */
const MAX_GROUPS = 5

interface Props {
  title: string
  groups: readonly GroupRow[]
  /** The groups are sorted by this. Those with 0 are left out. */
  measure(group: GroupRow): number
  text(group: GroupRow): string
  /** Shown if there are no groups. */
  empty: string
}

export function TopNames({ title, groups, measure, text, empty }: Props) {
  const parts = usePanel()
  const top = topOf(groups, measure)
  const max = top[0] ? measure(top[0]) : 1
  return (
    <section class="top-names" aria-label={title}>
      <h3>{title}</h3>
      {top.length === 0 && <p>{empty}</p>}
      <ol>
        {top.map(group => (
          <li key={group.group}>
            <button type="button" title={`Show ${group.name}`} onClick={() => focusGroup(parts, group)}>
              <span class="top-bar" style={{ width: `${(measure(group) / max) * 100}%` }} />
              <span class="top-name">{group.name}</span>
              <span class="top-value">{text(group)}</span>
            </button>
          </li>
        ))}
      </ol>
    </section>
  )
}

/** In one pass, as there may be thousands of groups. */
function topOf(groups: readonly GroupRow[], measure: (group: GroupRow) => number): GroupRow[] {
  const top: GroupRow[] = []
  for (const group of groups) {
    if (group.group < 0 || !(measure(group) > 0)) continue
    const position = top.findIndex(other => measure(group) > measure(other))
    if (position < 0 && top.length === MAX_GROUPS) continue
    top.splice(position < 0 ? top.length : position, 0, group)
    if (top.length > MAX_GROUPS) top.pop()
  }
  return top
}
