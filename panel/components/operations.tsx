// Panel: the place of the list of operations. Preact makes the place; the grid fills itself.
import { effect, untracked } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { createOperationGrid } from '../list/operation-grid.ts'
import { Notice } from './notice.tsx'
import { usePanel } from './panel-context.ts'

export function Operations() {
  const { store, view, figures } = usePanel()
  const host = useRef<HTMLDivElement>(null)

  useLayoutEffect(() => {
    if (!host.current) return
    const grid = createOperationGrid(host.current, store, view, figures)
    const stopUpdating = effect(() => {
      view.rows.value
      view.selected.value
      untracked(grid.update)
    })
    return () => {
      stopUpdating()
      grid.stop()
    }
  }, [store, view, figures])

  return (
    <div class="operations">
      <div class="grid-host" ref={host} />
      <Notice />
    </div>
  )
}
