// Panel: JSON data as nested lists.

/** Entries of one level that are shown; the export holds all. */
const MOST_ENTRIES = 200

export function DataTree({ value }: { value: unknown }) {
  if (typeof value !== 'object' || value === null) return <Leaf value={value} />
  const entries = Object.entries(value)
  if (entries.length === 0) return <span class="leaf">{Array.isArray(value) ? '[]' : '{}'}</span>
  return (
    <ul class="tree">
      {entries.slice(0, MOST_ENTRIES).map(([key, entry]) => (
        <li key={key}>
          <span class="tree-key">{key}</span>: <DataTree value={entry} />
        </li>
      ))}
      {entries.length > MOST_ENTRIES && <li>… {entries.length - MOST_ENTRIES} more</li>}
    </ul>
  )
}

function Leaf({ value }: { value: unknown }) {
  return <span class={`leaf ${value === null ? 'null' : typeof value}`}>{JSON.stringify(value) ?? 'undefined'}</span>
}
