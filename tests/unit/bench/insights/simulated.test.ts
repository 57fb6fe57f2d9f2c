import { expect, test } from 'vitest'
import { claimsOf, openText, scoreClaims } from '../../../../bench/insights/score.ts'
import { APPS } from '../../../../bench/insights/simulated/apps.ts'
import { INNOCENT } from '../../../../bench/insights/simulated/innocent.ts'
import { type Plan, simulate } from '../../../../bench/insights/simulated/sessions.ts'
import { INSIGHT_KINDS } from '../../../../model/insights/insight.ts'
import { compileSchema, type Schema } from '../../../../session/schema-check.ts'
import schema from '../../../../session/session.schema.json' with { type: 'json' }

const check = compileSchema(schema as Schema, schema as Schema)
/** Chrome, with everything recorded. */
const tab = { isFirefox: false, devtoolsShare: 1, allowsTiming: true, resolution: 0.1, stacks: 'devtools' } as const
const habits = Object.keys(INNOCENT)

async function scoreOf(plan: Plan) {
  const { labels, text } = await simulate(plan)
  expect(check(JSON.parse(text), '')).toBeUndefined()
  const { missed, wrong } = scoreClaims(labels, claimsOf(await openText(text)))
  return { missed: missed.map(({ kind }) => kind), wrong: wrong.map(({ kind, sentence }) => `${kind}: ${sentence}`) }
}

test.each(APPS.map((app, i) => [app.name, i] as const))('two problems of the %s are found', async (_, i) => {
  const app = APPS[i] as (typeof APPS)[number]
  const problems = [INSIGHT_KINDS[2 * i], INSIGHT_KINDS[2 * i + 1]] as Plan['problems']
  expect(await scoreOf({ seed: 31 + i, app, problems, innocents: [], tab })).toEqual({ missed: [], wrong: [] })
})

test.each(APPS.map((app, i) => [app.name, i] as const))('nothing is said of the clean %s', async (_, i) => {
  const app = APPS[i] as (typeof APPS)[number]
  const innocents = habits.filter((_, k) => k % APPS.length === i)
  expect(await scoreOf({ seed: 77 + i, app, problems: [], innocents, seconds: 60 })).toEqual({ missed: [], wrong: [] })
})
