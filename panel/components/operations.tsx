// Panel: the place of the list of operations. Preact makes the head and the frame; the grid fills itself.
import { effect, untracked } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { LIST_COLUMNS } from '../list/columns.ts'
import { createOperationGrid } from '../list/operation-grid.ts'
import { Notice } from './notice.tsx'
import { usePanel } from './panel-context.ts'

export function Operations() {
  const { store, view, figures } = usePanel()
  const grid = useRef<HTMLDivElement>(null)
  const scroller = useRef<HTMLDivElement>(null)
  const body = useRef<HTMLDivElement>(null)

  useLayoutEffect(() => {
    if (!grid.current || !scroller.current || !body.current) return
    const places = { grid: grid.current, scroller: scroller.current, body: body.current }
    const list = createOperationGrid(places, store, view, figures)
    const stopUpdating = effect(() => {
      view.rows.value
      view.selected.value
      untracked(list.update)
    })
    return () => {
      stopUpdating()
      list.stop()
    }
  }, [store, view, figures])

  return (
    <div class="operations">
      <div class="grid" role="grid" aria-label="Operations" tabIndex={0} ref={grid}>
        <div role="rowgroup" class="head">
          <div role="row" class="row" aria-rowindex={1}>
            {LIST_COLUMNS.map(({ key, title }) => (
              <div role="columnheader" class={`cell ${key}`} key={key}>
                {title}
              </div>
            ))}
          </div>
        </div>
        <div class="scroller" ref={scroller} role="presentation" tabIndex={-1}>
          <div role="rowgroup" class="body" ref={body} />
        </div>
      </div>
      <Notice />
    </div>
  )
}
