// World: the demo page. Everything the page can do, by the name that a button's data-action holds.

import type { Action } from './action.ts'
import { customActions } from './custom-actions.ts'
import { memoryActions } from './memory-actions.ts'
import { requestActions } from './request-actions.ts'

export const actions: Readonly<Record<string, Action>> = {
  ...requestActions,
  ...customActions,
  ...memoryActions,
}
