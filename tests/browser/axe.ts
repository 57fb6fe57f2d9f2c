// Test (Node): axe-core in the panel's document: what in it some people could not use.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, type Frame } from 'playwright/test'

/** What of axe-core's results is read. */
interface AxeResults {
  violations: { id: string; nodes: { target: unknown[]; failureSummary?: string }[] }[]
}

const SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What moves by itself, which some people can't bear: there is nothing to reduce for them where there is none. */
export function movingIn(panel: Frame): Promise<string[]> {
  return panel.evaluate(() =>
    [...document.querySelectorAll('*')]
      .filter(element => {
        const { animationName, transitionDuration, scrollBehavior } = getComputedStyle(element)
        return animationName !== 'none' || /[1-9]/.test(transitionDuration) || scrollBehavior === 'smooth'
      })
      .map(({ tagName, className }) => `${tagName} ${className}`),
  )
}

/** All of axe-core's rules, its advice on best practice too. Each violation as a line. */
export async function violationsIn(panel: Frame): Promise<string[]> {
  await panel.evaluate(`if (!globalThis.axe) { ${SOURCE} }`)
  // A list that is being computed again is faded until then.
  await expect(panel.locator('[aria-busy="true"]')).toHaveCount(0)
  // Colours that are on their way to others are none that anybody reads.
  await panel.evaluate(() =>
    Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => undefined))),
  )
  const { violations } = await panel.evaluate<AxeResults>(`axe.run(document, { resultTypes: ['violations'] })`)
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary?.replaceAll('\n', ' ')}`),
  )
}
