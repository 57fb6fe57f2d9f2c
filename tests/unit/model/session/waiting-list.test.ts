import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Waiter, WaitingList } from '../../../../model/session/waiting-list.ts'

const TOLERANCE = 250
const waiters = fc.record({
  start: fc.integer({ min: 0, max: 2_000 }),
  kind: fc.constantFrom('fetch' as const, 'xhr' as const, undefined),
})
const actions = fc.array(fc.record({ waiter: waiters, take: fc.boolean() }), { maxLength: 80 })

test('takes the nearest of the same kind, as a look at all of them would', () => {
  fc.assert(
    fc.property(actions, all => {
      const list = new WaitingList<Waiter>()
      const naive: Waiter[] = []
      for (const { waiter, take } of all) {
        if (!take) {
          list.add(waiter)
          naive.push(waiter)
          continue
        }
        const away = ({ start }: Waiter): number => Math.abs(start - waiter.start)
        const fitting = naive
          .filter(each => away(each) <= TOLERANCE && (!each.kind || !waiter.kind || each.kind === waiter.kind))
          .sort((a, b) => away(a) - away(b))
        const taken = list.takeNearest(waiter, TOLERANCE)
        expect(taken === undefined).toBe(fitting.length === 0)
        if (!taken) continue
        expect(away(taken)).toBe(away(fitting[0] as Waiter))
        naive.splice(naive.indexOf(taken), 1)
      }
      expect(list.all).toEqual([...naive].sort((a, b) => a.start - b.start))
    }),
  )
})
