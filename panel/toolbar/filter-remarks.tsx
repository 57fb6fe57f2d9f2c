// Panel: the messages below the filter field about terms that are not understood.
import type { Remark } from '../../model/filter/parse.ts'

/** Remarks that are shown: more would cover the charts. */
const MAX_REMARKS = 5

interface Props {
  id: string
  /** The filter's. */
  text: string
  remarks: readonly Remark[]
  hidden: boolean
}

export function FilterRemarks({ id, text, remarks, hidden }: Props) {
  const more = remarks.length - MAX_REMARKS
  return (
    <div id={id} class="filter-remarks" aria-live="polite" hidden={hidden || remarks.length === 0}>
      {remarks.slice(0, MAX_REMARKS).map(({ from, to, message }) => (
        <p key={from}>
          <code>{text.slice(from, to)}</code> {message}
        </p>
      ))}
      {more > 0 && <p>and {more} more</p>}
    </div>
  )
}
