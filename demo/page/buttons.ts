// World: the demo page. Clicks to actions.

import { type Action, describe } from './action.ts'
import type { AutoMode } from './auto-mode.ts'
import type { Log } from './log.ts'

export function wireButtons(root: Document, actions: Readonly<Record<string, Action>>, auto: AutoMode, log: Log): void {
  const autoButton = root.querySelector('#auto')
  auto.onChange(running => autoButton?.setAttribute('aria-pressed', String(running)))

  root.addEventListener('click', async event => {
    const button = event.target instanceof Element ? event.target.closest('[data-action]') : null
    const name = button?.getAttribute('data-action') ?? ''
    if (name === 'auto') return auto.toggle()
    if (name === 'add-frame') return addFrame(root)
    const action = actions[name]
    if (!action) return
    try {
      const { text, tone } = await action()
      log(text, tone)
    } catch (error) {
      log(`${name} → ${describe(error)}`, 'failed')
    }
  })
}

function addFrame(root: Document): void {
  const frame = root.createElement('iframe')
  frame.src = '/frame'
  frame.title = 'A frame with operations of its own'
  root.querySelector('#frames')?.replaceChildren(frame)
}
