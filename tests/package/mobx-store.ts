// Test (Node): the source of MobX stores, which is compiled and run in a project of its own.

/** The decorators of a method, by where ours stands: nowhere, above that of MobX, or below it. */
const WAYS = {
  plain: (theirs: string) => `@${theirs}`,
  above: (theirs: string) => `@monitored('above') @${theirs}`,
  below: (theirs: string) => `@${theirs} @monitored('below')`,
}

/** A store that is decorated in one of these ways, as MobX wants it for one of the two kinds of decorators. */
function store([name, decorate]: [string, (theirs: string) => string], legacy: boolean): string {
  return `class ${name} {
    @observable ${legacy ? '' : 'accessor '}a = 0
    @observable ${legacy ? '' : 'accessor '}b = 0
    constructor() { ${legacy ? 'makeObservable(this)' : ''} }
    ${decorate('action')} add(n: number) { this.a += n; this.b += n; return this.a }
    ${decorate('action.bound')} addBound(n: number) { this.a += n; this.b += n; return this.a }
    ${decorate(`action('named')`)} addNamed(n: number) { this.a += n; this.b += n; return this.a }
  }`
}

/**
 * Prints for each way whether the methods are actions for MobX, how often a reaction ran for calls that change two
 * values each, and what the calls returned; the warnings of MobX; and how many operations there are of each name.
 */
export const mobxStores = (legacy: boolean): string => `
import { action, autorun, configure, isAction, ${legacy ? 'makeObservable, ' : ''}observable } from 'mobx'
import { monitored, PerformanceMonitor } from 'perf-devtools'

configure({ enforceActions: 'always' })
const warnings: unknown[] = []
console.warn = text => warnings.push(text)

${Object.entries(WAYS)
  .map(way => store(way, legacy))
  .join('\n')}

const results = [plain, above, below].map(Store => {
  const store = new Store()
  let runs = 0
  const stop = autorun(() => { runs += 1; void [store.a, store.b] })
  const { addBound } = store
  const sums = [store.add(1), addBound(1), store.addNamed(1)]
  stop()
  return { actions: [store.add, addBound, store.addNamed].map(isAction), runs, sums }
})
const { byName } = PerformanceMonitor.getInstance().getMetrics()
const tracked = Object.entries(byName).map(([name, { totalOperations }]) => [name, totalOperations])
console.log(JSON.stringify({ results, warnings, tracked }))
`
