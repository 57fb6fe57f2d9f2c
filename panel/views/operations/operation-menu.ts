// Panel: the context menu of an operation: it copies the operation or all that are shown, filters by it, and shows it in other views.
import { formatTerm } from '../../../model/filter/format.ts'
import type { Condition } from '../../../model/filter/term.ts'
import { operationsAsHar } from '../../../model/formats/har/har-writer.ts'
import { listedRow } from '../../../model/formats/session/session-source.ts'
import type { Row } from '../../../model/numbers.ts'
import { initiatorOf } from '../../../model/text/initiator.ts'
import { CUSTOM, type HttpDetail } from '../../../wire/operations.ts'
import { hostOf } from '../../../wire/short-url.ts'
import type { PanelParts } from '../../app/panel-context.ts'
import { announce } from '../../kit/announce.ts'
import { copyText } from '../../kit/clipboard.ts'
import { type MenuGroups, type MenuItem, type MenuPlace, openMenu } from '../../kit/context-menu.ts'
import { focusList } from '../../kit/focus.ts'
import { cmdCommand, curlCommand, fetchCall } from '../details/request-copies.ts'

/** Operations that are copied together. Their text is some 10 MB; clipboards and editors slow down with more. */
const MAX_COPIED = 10_000

/** The text of operations, and how many of them have one in this format. */
interface Copied {
  text: string
  count: number
}

interface CopyFormat {
  /** The items for one operation, and for all that are shown. */
  one: string
  all: string
  copy(rows: readonly Row[]): Copied
}

/** Opens the context menu of an operation. */
export function openOperationMenu(
  parts: PanelParts,
  row: Row,
  { shown, place }: { shown(): readonly Row[]; place: MenuPlace },
): void {
  openMenu('Operation', operationMenu(parts, row, shown), place)
}

/** @param shown all operations of the list, in its order. */
function operationMenu(parts: PanelParts, row: Row, shown: () => readonly Row[]): MenuGroups {
  const { store, tables, view, openSource, showInNetwork } = parts
  const session = store.session.peek()
  const { operations } = session
  const url = operations.requests.urlOf(row)
  const initiator = initiatorOf(operations.details.get(row))
  const formats = copyFormats(parts)
  const show = (tab: 'timeline' | 'operations') => () => {
    view.selected.value = row
    if (tab === 'operations') tables.grouped.choose('single')
    tables.tab.choose(tab)
    focusList()
  }
  return [
    formats.map(({ one, copy }) => ({
      text: one,
      disabled: copy([row]).count === 0,
      run: () => void copyAndSay(copy([row])),
    })),
    formats.map(({ all, copy }) => ({
      text: all,
      run() {
        const rows = shown()
        void copyAndSay(copy(rows.slice(0, MAX_COPIED)), rows.length)
      },
    })),
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
  const whole = (key: 'name' | 'domain', text: string): Condition => {
    return { type: 'text', key, pattern: { match: 'whole', text } }
  }
  const conditions: [what: string, condition: Condition][] = [['name', whole('name', operations.nameOf(row))]]
  if (host) conditions.push(['domain', whole('domain', host)])
  if (status !== undefined) {
    conditions.push(['status', { type: 'number', key: 'status', range: { least: status, most: status, open: false } }])
  }
  if (frame !== undefined) {
    conditions.push(['initiator', { type: 'text', key: 'initiator', pattern: { match: 'part', text: frame } }])
  }
  const add = (condition: Condition, negated: boolean): void => {
    filter.addTerm(formatTerm({ ...condition, negated }))
    focusList()
  }
  return conditions.flatMap(([what, condition]) => [
    { text: `Show only this ${what}`, run: () => add(condition, false) },
    { text: `Hide this ${what}`, run: () => add(condition, true) },
  ])
}

function copyFormats({ store, generator }: PanelParts): CopyFormat[] {
  const session = store.session.peek()
  const { operations } = session
  const lines =
    (textOf: (row: Row) => string | undefined) =>
    (rows: readonly Row[]): Copied => {
      const texts = rows.flatMap(row => textOf(row) ?? [])
      return { text: texts.join('\n'), count: texts.length }
    }
  const ofRequest = (format: (request: HttpDetail) => string | undefined) =>
    lines(row => {
      const http = operations.details.get(row)?.http
      return http && format(http)
    })
  const asJson = (rows: readonly Row[]): Copied => {
    const objects = rows.map(row => listedRow(session, row))
    return { text: JSON.stringify(rows.length === 1 ? objects[0] : objects, null, 2), count: rows.length }
  }
  const asHar = (rows: readonly Row[]): Copied => {
    const requests = rows.filter(row => operations.kind.get(row) !== CUSTOM)
    return { text: operationsAsHar(session, requests, generator), count: requests.length }
  }
  return [
    { one: 'Copy URL', all: 'Copy all URLs', copy: lines(row => operations.requests.urlOf(row)) },
    { one: 'Copy as cURL', all: 'Copy all as cURL', copy: ofRequest(curlCommand) },
    { one: 'Copy as cURL (cmd)', all: 'Copy all as cURL (cmd)', copy: ofRequest(cmdCommand) },
    { one: 'Copy as fetch', all: 'Copy all as fetch', copy: ofRequest(fetchCall) },
    { one: 'Copy as JSON', all: 'Copy all as JSON', copy: asJson },
    { one: 'Copy as HAR', all: 'Copy all as HAR', copy: asHar },
  ]
}

async function copyAndSay({ text, count }: Copied, of = count): Promise<void> {
  if (count === 0) {
    announce('Nothing to copy in this format')
    return
  }
  const left = of > MAX_COPIED ? ` of ${of.toLocaleString()}` : ''
  const what = `${count.toLocaleString()}${left} ${count === 1 ? 'operation' : 'operations'}`
  announce((await copyText(text)) ? `Copied ${what}` : 'Couldn’t copy to the clipboard')
}
