// Panel: JSON data as a tree with branches that can be collapsed.

import { useSignal } from '@preact/signals'
import { truncate } from '../../../wire/truncate.ts'

/** Entries shown in each object. The export contains all. */
const MAX_ENTRIES = 200
/** Levels that are expanded at first. */
const OPEN_LEVELS = 2
/** Characters of a collapsed branch. */
const MAX_PREVIEW = 60

export function DataTree({ value, level = 0 }: { value: unknown; level?: number }) {
  if (typeof value !== 'object' || value === null) return <Leaf value={value} />
  const entries = Object.entries(value)
  if (entries.length === 0) return <span class="leaf">{Array.isArray(value) ? '[]' : '{}'}</span>
  return (
    <ul class="tree">
      {entries.slice(0, MAX_ENTRIES).map(([key, entry]) => (
        <li key={key}>
          {isBranch(entry) ? <Branch name={key} value={entry} level={level + 1} /> : <Entry name={key} value={entry} />}
        </li>
      ))}
      {entries.length > MAX_ENTRIES && <li>… {entries.length - MAX_ENTRIES} more</li>}
    </ul>
  )
}

function Entry({ name, value }: { name: string; value: unknown }) {
  return (
    <>
      <span class="tree-key">{name}</span>: <DataTree value={value} />
    </>
  )
}

function Branch({ name, value, level }: { name: string; value: object; level: number }) {
  const open = useSignal(level < OPEN_LEVELS)
  return (
    <>
      <button
        type="button"
        class="branch"
        aria-expanded={open.value}
        onClick={() => {
          open.value = !open.value
        }}
      >
        <span class="tree-key">{name}</span>: <span class="leaf">{previewOf(value)}</span>
      </button>
      {open.value && <DataTree value={value} level={level} />}
    </>
  )
}

function isBranch(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0
}

function previewOf(value: object): string {
  if (Array.isArray(value)) return `Array(${value.length})`
  const keys = Object.keys(value).slice(0, MAX_PREVIEW).join(', ')
  return keys.length > MAX_PREVIEW ? `{${truncate(keys, MAX_PREVIEW)}…}` : `{${keys}}`
}

function Leaf({ value }: { value: unknown }) {
  return <span class={`leaf ${value === null ? 'null' : typeof value}`}>{JSON.stringify(value) ?? 'undefined'}</span>
}
