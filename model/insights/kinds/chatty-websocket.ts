// Any world: a socket that carries very many very small messages.
import { WEBSOCKET } from '../../../wire/operations.ts'
import { bytesText, countText, timeText } from '../amounts.ts'
import type { Detector, Finding } from '../insight.ts'

/** Messages a second, for at least so many milliseconds, of fewer bytes than that. */
export const MIN_RATE = 50
export const MIN_LIFE_MS = 10_000
export const MAX_MEAN_BYTES = 500

export const chattyWebsocket: Detector = {
  kind: 'chatty-websocket',
  title: 'Very many small messages',
  rule: `A WebSocket carries ${MIN_RATE} messages a second or more for at least ${MIN_LIFE_MS / 1000} s, of less than ${MAX_MEAN_BYTES} B on average.`,
  *find(evidence) {
    const findings: Finding[] = []
    for (const group of evidence.groups) {
      yield
      if (group.kind !== WEBSOCKET) continue
      for (const position of evidence.sample(group)) {
        const { connection } = evidence.facts(position).detail
        if (!connection) continue
        const messages = connection.messagesIn + connection.messagesOut
        const bytes = connection.bytesIn + connection.bytesOut
        const life = evidence.duration(position) - (connection.openDuration ?? 0)
        if (life < MIN_LIFE_MS || messages / (life / 1_000) < MIN_RATE || bytes / messages >= MAX_MEAN_BYTES) continue
        findings.push({
          kind: 'chatty-websocket',
          route: group.name,
          confidence: 'likely',
          savedMs: 0,
          count: 1,
          evidence: [position],
          removes: [],
          waste: { requests: messages },
          background: true,
          sentence: `${group.name} carried ${countText(messages, 'message')} in ${timeText(life)}, ${Math.round(messages / (life / 1_000))} a second of ${bytesText(bytes / messages)} on average.`,
          remedy: 'Put what belongs together into one message, or send what changed a few times a second.',
          caveats: ['What the messages hold is not known.'],
        })
      }
    }
    return findings
  },
}
