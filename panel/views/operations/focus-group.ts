// Panel: from a group to its operations, the longest first.
import type { GroupRow } from '../../../model/analysis/group-rows.ts'
import { formatTerm } from '../../../model/filter/format.ts'
import type { PanelParts } from '../../app/panel-context.ts'
import { focusList } from '../../kit/focus-list.ts'

/** By the filter's text, where the user sees it and takes it out again. */
export function focusGroup({ filter, settings, tables }: PanelParts, { name }: GroupRow): void {
  const key = settings.settings.peek().groupRoutes ? 'route' : 'name'
  const term = formatTerm({ type: 'text', key, pattern: { match: 'whole', text: name }, negated: false })
  const text = filter.text.peek()
  if (!text.includes(term)) filter.text.value = `${text} ${term}`.trim()
  tables.operationSort.value = { key: 'duration', descending: true }
  tables.grouped.choose('single')
  tables.tab.choose('operations')
  focusList()
}
