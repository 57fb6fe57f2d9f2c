// World: the demo page. What the self-driving mode does next, by weighted chance.

import type { Action } from './action.ts'
import { track } from './custom-actions.ts'
import { pause } from './pause.ts'
import { isMonitorPresent } from './perf-window.ts'
import { get } from './request-actions.ts'

type Choice = readonly [weight: number, make: () => readonly Action[]]

const BURST = 12

export function createMix(actions: Readonly<Record<string, Action>>, random: () => number): () => readonly Action[] {
  const once = (name: string) => () => [actions[name] ?? (() => get('/api/users'))]
  /** Without a monitor something else in its place, that draws as little chance: the choices stay the same. */
  const custom = (name: string) => once(isMonitorPresent() ? name : 'quick-fetch')
  /** Long-tailed, as answers are: most near `typical`, a few several times that. */
  const latency = (typical: number) => Math.round(typical * (0.5 + random() + 3 * random() ** 8))
  const id = () => 1 + Math.floor(random() * 9)

  function loadUser(): readonly Action[] {
    const path = `/api/users/${id()}?ms=${latency(45)}`
    return [() => get(path)]
  }
  function listUsers(): readonly Action[] {
    const path = `/api/users?ms=${latency(90)}`
    return [() => get(path)]
  }
  function burst(): readonly Action[] {
    return Array.from({ length: BURST }, () => loadUser()).flat()
  }
  function renderList(): readonly Action[] {
    if (!isMonitorPresent()) return loadUser()
    const delay = latency(70)
    const rows = 10 * id()
    const render = () => pause(delay).then(() => `${rows} rows`)
    return [() => track('renderList', render, { rows })]
  }

  const choices: readonly Choice[] = [
    [30, loadUser],
    [16, listUsers],
    [14, renderList],
    [8, custom('decorated-method')],
    [6, custom('track-operation')],
    [6, once('xhr')],
    [4, once('post-json')],
    [3, burst],
    [3, once('one-by-one')],
    [3, once('duplicates')],
    [3, once('http-500')],
    [3.5, once('aborted')],
    [1.5, once('streaming')],
    [1.5, once('slow-fetch')],
    [2, custom('failing-operation')],
    [1.5, once('network-error')],
  ]
  const total = choices.reduce((sum, [weight]) => sum + weight, 0)

  return () => {
    let left = random() * total
    for (const [weight, make] of choices) {
      left -= weight
      if (left < 0) return make()
    }
    return loadUser()
  }
}
