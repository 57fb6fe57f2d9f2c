// Test: checks text by the grammar of https://prometheus.io/docs/instrumenting/exposition_formats/#text-format-details.

const LABEL = '[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\\\\n]|\\\\["\\\\n])*"'
const SAMPLE = new RegExp(`^([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{${LABEL}(?:,${LABEL})*\\})? (\\S+)$`)

/** What is wrong with it; empty for text that Prometheus reads. */
export function prometheusProblems(text: string): string[] {
  const problems: string[] = []
  const types = new Map<string, string>()
  const seen = new Set<string>()
  let last = { labels: '', count: 0 }
  if (!text.endsWith('\n')) problems.push('the last line does not end')
  for (const line of text.slice(0, -1).split('\n')) {
    const type = /^# TYPE (\S+) (counter|gauge|histogram)$/.exec(line)
    if (type) {
      if (types.has(type[1] ?? '')) problems.push(`${type[1]} is twice`)
      types.set(type[1] ?? '', type[2] ?? '')
    }
    if (line.startsWith('#')) continue
    const [, name = '', labels = '', value = ''] = SAMPLE.exec(line) ?? []
    const base = name.replace(/_(?:bucket|sum|count)$/, '')
    if (!types.has(name) && types.get(base) !== 'histogram') problems.push(`no type: ${line}`)
    if (!Number.isFinite(Number(value)) || value === '') problems.push(`no number: ${line}`)
    if (seen.has(name + labels)) problems.push(`twice: ${line}`)
    seen.add(name + labels)
    if (name.endsWith('_bucket')) {
      const others = labels.replace(/,?le="[^"]*"/, '')
      if (others === last.labels && Number(value) < last.count) problems.push(`less than the bucket before: ${line}`)
      last = { labels: others, count: Number(value) }
    }
  }
  return problems
}
