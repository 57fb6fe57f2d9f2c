// Test page: zone.js, which replaces Promise, fetch, `open`, `send`, `abort` and the timers.
import '../peer.ts'
import 'zone.js'
import 'zone.js/plugins/zone-patch-fetch'

const seen: string[] = []
const zone = Zone.current.fork({
  name: 'test',
  onScheduleTask(parent, _current, target, task) {
    if (task.source === 'fetch' || task.source === 'XMLHttpRequest.send') seen.push(task.source)
    return parent.scheduleTask(target, task)
  },
})

window.peer = {
  run: call => zone.run(call),
  seen: () => seen,
}
