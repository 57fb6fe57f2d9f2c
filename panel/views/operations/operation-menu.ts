// Panel: the context menu of an operation: what can be copied of it and of all that are shown, how to filter by it, and where
// else to look at it.
import { formatTerm } from '../../../model/filter/format.ts'
import type { Condition } from '../../../model/filter/term.ts'
import { operationRow } from '../../../model/formats/session/session-source.ts'
import type { Row } from '../../../model/numbers.ts'
import { initiatorOf } from '../../../model/text/initiator.ts'
import { hostOf } from '../../../wire/short-url.ts'
import type { PanelParts } from '../../app/panel-context.ts'
import { announce } from '../../kit/announce.ts'
import { copyText } from '../../kit/clipboard.ts'
import type { MenuGroups, MenuItem } from '../../kit/context-menu.ts'
import { focusList } from '../../kit/focus.ts'
import { cmdCommand, curlCommand, fetchCall } from '../details/request-copies.ts'

/** Operations that are copied at once: more text than that no clipboard or editor takes gladly. */
const MAX_COPIED = 10_000

/** What an operation is copied as; undefined for one that cannot be copied so. */
type Copy = (row: Row) => string | undefined

/** @param shown all operations of the list, in its order. */
export function operationMenu(parts: PanelParts, row: Row, shown: () => readonly Row[]): MenuGroups {
  const { store, tables, view, openSource, showInNetwork } = parts
  const session = store.session.peek()
  const { operations } = session
  const url = operations.requests.urlOf(row)
  const initiator = initiatorOf(operations.details.get(row))
  const http: (format: (request: { method: string; url: string }) => string | undefined) => Copy = format => each => {
    const detail = operations.details.get(each)?.http
    return detail && format(detail)
  }
  const formats: readonly [one: string, all: string, copy: Copy][] = [
    ['Copy URL', 'Copy all URLs', each => operations.requests.urlOf(each)],
    ['Copy as cURL', 'Copy all as cURL', http(curlCommand)],
    ['Copy as cURL (cmd)', 'Copy all as cURL (cmd)', http(cmdCommand)],
    ['Copy as fetch', 'Copy all as fetch', http(fetchCall)],
    ['Copy as JSON', 'Copy all as JSON', each => JSON.stringify(operationRow(session, each), null, 2)],
  ]
  const show = (tab: 'timeline' | 'operations') => () => {
    view.selected.value = row
    if (tab === 'operations') tables.grouped.choose('single')
    tables.tab.choose(tab)
    focusList()
  }
  return [
    formats.map(([text, , copy]) => {
      const copied = copy(row)
      return { text, disabled: copied === undefined, run: () => void copyAndSay(copied ?? '', 1) }
    }),
    formats.map(([, text, copy]) => ({ text, run: () => copyAll(shown(), copy, text.endsWith('JSON')) })),
    filterItems(parts, row),
    [
      { text: 'Show in Timeline', run: show('timeline') },
      { text: 'Show in Operations', run: show('operations') },
      ...(openSource
        ? [
            {
              text: 'Open initiator in Sources',
              disabled: !initiator?.place,
              run: () => initiator?.place && openSource(initiator.place),
            },
          ]
        : []),
      ...(showInNetwork && url !== undefined ? [{ text: 'Show in Network', run: () => showInNetwork(url) }] : []),
    ],
  ]
}

function filterItems({ store, filter }: PanelParts, row: Row): MenuItem[] {
  const { operations } = store.session.peek()
  const { requests } = operations
  const url = requests.urlOf(row)
  const host = url === undefined ? undefined : hostOf(url)
  const status = requests.statusOf(row)
  const frame = initiatorOf(operations.details.get(row))?.place?.text
  const whole = (key: 'name' | 'domain', text: string): Condition => ({
    ...{ type: 'text', key },
    pattern: { match: 'whole', text },
  })
  const conditions: [what: string, condition: Condition][] = [['name', whole('name', operations.nameOf(row))]]
  if (host) conditions.push(['domain', whole('domain', host)])
  if (status !== undefined) {
    conditions.push(['status', { type: 'number', key: 'status', range: { least: status, most: status, open: false } }])
  }
  if (frame !== undefined) {
    conditions.push(['initiator', { type: 'text', key: 'initiator', pattern: { match: 'part', text: frame } }])
  }
  const add = (condition: Condition, negated: boolean): void => {
    const term = formatTerm({ ...condition, negated })
    const text = filter.text.peek()
    if (!text.split(' ').includes(term)) filter.text.value = `${text} ${term}`.trim()
    focusList()
  }
  return conditions.flatMap(([what, condition]) => [
    { text: `Show only this ${what}`, run: () => add(condition, false) },
    { text: `Hide this ${what}`, run: () => add(condition, true) },
  ])
}

function copyAll(rows: readonly Row[], copy: Copy, asList: boolean): void {
  const copied = rows.slice(0, MAX_COPIED).flatMap(row => copy(row) ?? [])
  void copyAndSay(asList ? `[\n${copied.join(',\n')}\n]` : copied.join('\n'), copied.length, rows.length)
}

async function copyAndSay(text: string, count: number, of = count): Promise<void> {
  const left = of > MAX_COPIED ? ` of ${of.toLocaleString()}` : ''
  const what = `${count.toLocaleString()}${left} ${of === 1 ? 'operation' : 'operations'}`
  announce((await copyText(text)) ? `Copied ${what}` : 'Couldn’t copy to the clipboard')
}
