// Test (Node): the source of a program that keeps the library's objects in Vue's reactive state.

/** Prints what was tracked, how often a computed value and an effect ran for it, and what the memory monitor knows. */
export const VUE_STATE = `
import { computed, effectScope, reactive, ref, watchEffect } from 'vue'
import { MemoryMonitor, monitored, PerformanceMonitor } from 'perf-devtools'

const state = reactive({ monitor: PerformanceMonitor.getInstance(), memory: MemoryMonitor.getInstance(), handle: null })
const monitor = ref(PerformanceMonitor.getInstance())
let runs = 0
const scope = effectScope()
const total = scope.run(() => computed(() => state.monitor.getMetrics().totalOperations))
scope.run(() =>
  watchEffect(() => {
    runs++
    // Tracking in an effect must not trigger it again.
    state.monitor.trackCall('effect', () => total.value)
  }),
)
await state.monitor.trackOperation('reactive', async operation => {
  state.handle = operation
  await state.handle.trackOperation('child', async () => {})
})
await monitor.value.trackOperation('ref', async () => {})
class Service {
  load() {
    return 5
  }
}
const descriptor = Object.getOwnPropertyDescriptor(Service.prototype, 'load')
Object.defineProperty(Service.prototype, 'load', monitored('decorated')(Service.prototype, 'load', descriptor))
const result = reactive(new Service()).load()
state.memory.takeSnapshot('start')
scope.stop()
const { operations } = PerformanceMonitor.getInstance().getMetrics()
const names = operations.map(({ operationName, parentId }) => [operationName, parentId !== undefined])
console.log(JSON.stringify({ names, runs, result, labels: state.memory.getSnapshots().map(({ label }) => label) }))
`
