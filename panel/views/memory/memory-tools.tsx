// Panel: the buttons in the heading of the memory chart.
import { usePanel } from '../../app/panel-context.ts'

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
      {dialog.value !== 'leak-test' && leakTest.problem.value && (
        <span class="memory-problem" role="alert">
          {leakTest.problem.value}
        </span>
      )}
    </span>
  )
}
