// Panel: the buttons in the heading of the memory chart.
import { measuringHint, measuringText } from '../../../model/text/allocation-text.ts'
import { usePanel } from '../../app/panel-context.ts'
import { GROUP_COLUMNS } from '../operations/group-columns.ts'

export function MemoryTools() {
  const { store, leakTest, dialog } = usePanel()
  store.version.value
  if (store.readOnly.value || store.session.value.documents.memoryAvailable === false) return null
  const isBusy = leakTest.phase.value !== 'idle' && leakTest.phase.value !== 'done'
  return (
    <span class="memory-tools">
      <button
        type="button"
        class="heading-button"
        title="Collect the page’s garbage, then read the heap. The page can notice it, and it leaves a line in the console."
        disabled={isBusy}
        onClick={() => void leakTest.settle()}
      >
        Settle
      </button>
      <button
        type="button"
        class="heading-button"
        title="Repeat an action and see what stays in the heap"
        onClick={() => {
          dialog.value = 'leak-test'
        }}
      >
        Leak test…
      </button>
      <Allocations />
      {dialog.value !== 'leak-test' && leakTest.problem.value && (
        <span class="memory-problem" role="alert">
          {leakTest.problem.value}
        </span>
      )}
    </span>
  )
}

function Allocations() {
  const { allocations, tables, formatters } = usePanel()
  const { measuring, result } = allocations
  const toggle = (): void => {
    measuring.value = !measuring.peek()
    const column = GROUP_COLUMNS.find(({ key }) => key === 'allocates')
    if (measuring.peek() && column && !tables.groupColumns.isWanted(column)) tables.groupColumns.toggle(column)
  }
  return (
    <>
      <button
        type="button"
        class="heading-button"
        aria-pressed={measuring.value}
        title="Read the heap 20 times a second to see what each operation allocates. A reading takes about 0.3 ms of the page’s time."
        onClick={toggle}
      >
        Allocations
      </button>
      {measuring.value && (
        <span class="measuring" title={measuringHint(result.value, formatters)}>
          {measuringText(result.value, formatters)}
        </span>
      )}
    </>
  )
}
