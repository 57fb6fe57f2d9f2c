// Any world: time that went into finding and greeting other origins.

import { sum } from '../../statistics.ts'
import { countText, timeText } from '../amounts.ts'
import type { Detector, Finding } from '../insight.ts'
import { urlFacts } from '../url-facts.ts'
import { requestsByOrigin } from './connection-queue.ts'

/** Milliseconds of DNS and connecting, of one origin and of all. */
export const MIN_SETUP_MS = 100
export const MIN_TOTAL_MS = 300
export const MIN_ORIGINS = 3
/** Milliseconds after which a connection that nobody uses is closed. */
export const IDLE_MS = 60_000

export const connectionSetup: Detector = {
  kind: 'connection-setup',
  title: 'Connecting to other origins',
  rule: `DNS and connecting took ${MIN_SETUP_MS} ms or more for each of at least ${MIN_ORIGINS} other origins, ${MIN_TOTAL_MS} ms together.`,
  needs: 'phases',
  *find(evidence) {
    const own = new Set(evidence.session.documents.all.map(({ url }) => urlFacts(url).origin))
    const firsts: { origin: string; position: number; setup: number }[] = []
    for (const [origin, positions] of yield* requestsByOrigin(evidence)) {
      yield
      if (own.has(origin)) continue
      let lastEnd = Number.NEGATIVE_INFINITY
      for (const position of positions) {
        const start = evidence.start[position] as number
        const isIdle = lastEnd > Number.NEGATIVE_INFINITY && start - lastEnd > IDLE_MS
        const { dns = 0, connect = 0 } = evidence.facts(position).phases
        lastEnd = Math.max(lastEnd, evidence.end[position] as number)
        if (isIdle || dns + connect < MIN_SETUP_MS) continue
        firsts.push({ origin, position, setup: dns + connect })
        break
      }
    }
    const total = sum(firsts.map(({ setup }) => setup))
    if (firsts.length < MIN_ORIGINS || total < MIN_TOTAL_MS) return []
    const positions = firsts.map(({ position }) => position).sort((a, b) => a - b)
    const origins = firsts.map(({ origin }) => origin)
    const finding: Finding = {
      kind: 'connection-setup',
      route: origins.join(', '),
      confidence: 'certain',
      savedMs: total,
      count: firsts.length,
      evidence: positions,
      removes: firsts.map(({ position, setup }) => ({
        from: evidence.start[position] as number,
        to: (evidence.start[position] as number) + setup,
      })),
      sentence: `Connecting to ${countText(firsts.length, 'other origin')} took ${timeText(total)}: ${origins.slice(0, 4).join(', ')}.`,
      remedy: `Connect before they are needed: ${origins
        .slice(0, 4)
        .map(origin => `<link rel="preconnect" href="${origin}" crossorigin>`)
        .join(' ')}`,
      caveats: [
        'Connections that were open already cost nothing; a visitor who comes for the first time pays for all.',
      ],
    }
    return [finding]
  },
}
