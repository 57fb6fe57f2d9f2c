// Panel: the few groups that matter most by one measure, each the way to its operations.
import type { GroupRow } from '../../../model/analysis/group-rows.ts'
import { usePanel } from '../../app/panel-context.ts'
import { focusGroup } from '../operations/groups.ts'

/** What is read at a glance. */
const MOST = 5

interface Props {
  title: string
  groups: readonly GroupRow[]
  /** By which they are ordered; those at 0 are left out. */
  measure(group: GroupRow): number
  text(group: GroupRow): string
  /** What stands where no group has any. */
  none: string
}

export function TopNames({ title, groups, measure, text, none }: Props) {
  const parts = usePanel()
  const top = topOf(groups, measure)
  const most = top[0] ? measure(top[0]) : 1
  return (
    <section class="top-names" aria-label={title}>
      <h3>{title}</h3>
      {top.length === 0 && <p>{none}</p>}
      <ol>
        {top.map(group => (
          <li key={group.group}>
            <button type="button" title={`Show ${group.name}`} onClick={() => focusGroup(parts, group)}>
              <span class="top-bar" style={{ width: `${(measure(group) / most) * 100}%` }} />
              <span class="top-name">{group.name}</span>
              <span class="top-figure">{text(group)}</span>
            </button>
          </li>
        ))}
      </ol>
    </section>
  )
}

/** In one pass: there may be thousands of groups. */
function topOf(groups: readonly GroupRow[], measure: (group: GroupRow) => number): GroupRow[] {
  const top: GroupRow[] = []
  for (const group of groups) {
    if (group.group < 0 || !(measure(group) > 0)) continue
    const place = top.findIndex(other => measure(group) > measure(other))
    if (place < 0 && top.length === MOST) continue
    top.splice(place < 0 ? top.length : place, 0, group)
    if (top.length > MOST) top.pop()
  }
  return top
}
