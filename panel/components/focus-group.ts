// Panel: from a group to its operations, the longest first.
import type { GroupRow } from '../analysis/group-rows.ts'
import { formatTerm } from '../filter/format.ts'
import { focusList } from '../keyboard/focus-list.ts'
import type { PanelParts } from './panel-context.ts'

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
