// Node. `npm run bench:fetch -- [--quick] [--json FILE] [--group stub,stub-devtools,loopback,document]
// [--only ring,recorded] [--extension DIR] [--earlier DIR]`. About ten minutes on two idle cores.
import { writeFile } from 'node:fs/promises'
import { documentStart } from './fetch/document-start.ts'
import { figuresOf } from './fetch/figures.ts'
import { answerRequest } from './fetch/loopback-answer.ts'
import { measure } from './fetch/measure.ts'
import { createPlaces } from './fetch/places.ts'
import { DOCUMENT_LOADS, GROUPS } from './fetch/plan.ts'
import { callTable, documentTable, sizeTable } from './fetch/report.ts'
import { scriptSizes } from './fetch/script-sizes.ts'
import { pageScripts } from './fetch/scripts.ts'
import { documentVerdict, fetchVerdicts, sizeVerdict } from './fetch/targets.ts'
import { benchOptions } from './harness/bench-options.ts'
import { servePages } from './harness/page-server.ts'
import { verdictTable } from './harness/verdict.ts'

const options = benchOptions()
const size = options.quick ? 'quick' : 'plan'
const groups = GROUPS.filter(({ id }) => options.wantsGroup(id))

const scripts = await pageScripts(groups, options.extension)
const server = await servePages(new Map([...scripts.pages, ['empty', '']]), answerRequest)
const sizes = await scriptSizes(options.extension)
const results = []
const verdicts = sizes.map(sizeVerdict)
try {
  console.log(
    'CPU of the page’s main thread, ns a call over the first row’s: median [its 95 % interval] of the bursts.',
  )
  for (const group of groups) {
    const places = createPlaces(options.extension)
    const variants = group.variants.filter(({ name }) => options.wantsVariant(name))
    try {
      const figures = figuresOf(await measure(group, group[size], variants, places, server, scripts))
      const { pages, bursts } = group[size]
      console.log(`\n### ${group.title} (Chromium ${places.version()}, ${pages} pages with ${bursts} bursts each)\n`)
      console.log(callTable(figures, variants))
      results.push({ group: group.id, browser: places.version(), figures })
      verdicts.push(...fetchVerdicts(group, figures))
    } finally {
      await places.stop()
    }
  }
  console.log(`\n### What runs in every frame while DevTools is open\n\n${sizeTable(sizes)}`)
  let start: Awaited<ReturnType<typeof documentStart>> | undefined
  if (options.wantsGroup('document')) {
    start = await documentStart(options.extension, server, DOCUMENT_LOADS[size], options.earlier)
    console.log(`\n### A document’s start\n\n${documentTable(start)}`)
    verdicts.push(documentVerdict(start))
  }
  console.log(`\n### What is promised\n\n${verdictTable(verdicts)}`)
  if (options.quick) console.log('\n--quick: so few rounds are for a first look; a verdict needs the full run.')
  if (options.json !== undefined) {
    const report = { date: new Date().toISOString(), quick: options.quick, results, start, sizes, verdicts }
    await writeFile(options.json, `${JSON.stringify(report, null, 2)}\n`)
  }
} finally {
  await server.stop()
}
