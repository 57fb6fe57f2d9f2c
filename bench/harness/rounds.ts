// Node. A machine's speed drifts within a run, so every round visits every variant once, and each
// round starts one further, so that no variant always follows the same one.

/**
 * Results by item, in the order of rounds: index r of every list comes from the same round. An item
 * whose `roundsOf` is smaller than others' sits out the later rounds.
 */
export async function interleave<Item, Result>(
  items: readonly Item[],
  roundsOf: (item: Item) => number,
  visit: (item: Item, round: number) => Promise<Result>,
): Promise<Map<Item, Result[]>> {
  const results = new Map<Item, Result[]>(items.map(item => [item, []]))
  const rounds = Math.max(0, ...items.map(roundsOf))
  for (let round = 0; round < rounds; round++) {
    const playing = items.filter(item => round < roundsOf(item))
    const first = round % playing.length
    for (const item of [...playing.slice(first), ...playing.slice(0, first)]) {
      results.get(item)?.push(await visit(item, round))
    }
  }
  return results
}
