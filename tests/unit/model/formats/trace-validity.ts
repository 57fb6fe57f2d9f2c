// Test: what readers of the trace event format insist on.

interface Event {
  ph: string
  name: string
  cat?: string
  pid: number
  tid: number
  ts: number
  dur?: number
  id?: string
  args: Record<string, unknown>
}

function eventsOf(text: string): Event[] {
  return (JSON.parse(text) as { traceEvents: Event[] }).traceEvents
}

function commonProblems(events: readonly Event[]): string[] {
  return events.flatMap(event => {
    const { ph, name, pid, tid, ts, dur } = event
    const numbers = [pid, tid, ts, ...(ph === 'X' ? [dur] : [])]
    const isWhole = numbers.every(each => Number.isInteger(each) && (each as number) >= 0)
    return isWhole && typeof name === 'string' && name !== '' ? [] : [JSON.stringify(event)]
  })
}

export function traceProblems(text: string): string[] {
  const events = eventsOf(text)
  const problems = commonProblems(events)
  const free = new Map<number, number>()
  const named = new Set(events.filter(({ ph, name }) => ph === 'M' && name === 'thread_name').map(({ tid }) => tid))
  for (const { ph, name, tid, ts, dur = 0 } of events) {
    if (ph !== 'X') continue
    if (!named.has(tid)) problems.push(`the thread ${tid} has no name`)
    if (ts < (free.get(tid) ?? 0)) problems.push(`${name} overlaps at ${ts} in ${tid}`)
    free.set(tid, ts + dur)
  }
  return problems
}

export function chromeTraceProblems(text: string): string[] {
  const events = eventsOf(text)
  const problems = commonProblems(events)
  const open = new Map<string, Event>()
  for (const event of events) {
    if (event.ph === 'b') {
      const { devtools } = JSON.parse(event.args.detail as string) as { devtools: { track: string } }
      if (!devtools.track) problems.push(`${event.name} has no track`)
      if (open.has(event.id ?? '')) problems.push(`the id ${event.id} is twice`)
      open.set(event.id ?? '', event)
    } else if (event.ph === 'e') {
      const begun = open.get(event.id ?? '')
      if (begun?.name !== event.name || begun.ts > event.ts) problems.push(`${event.name} ends without a start`)
    }
  }
  const started = events.find(({ name }) => name === 'TracingStartedInBrowser')
  const times = events.filter(({ ph }) => ph !== 'M').map(({ ts }) => ts)
  if (!started || times.some(ts => ts < started.ts)) problems.push('something happens before the trace begins')
  return problems
}
