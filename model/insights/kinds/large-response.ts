// Any world: answers whose size is what takes the time.

import { sum } from '../../statistics.ts'
import { bytesText, countText, timeText } from '../amounts.ts'
import type { Evidence, Group } from '../evidence.ts'
import type { Detector, Finding } from '../insight.ts'

/** Bytes on the network (Sentry). */
export const MIN_BYTES = 300_000
/** Milliseconds in which one is received, and all of a route. */
export const MIN_RECEIVE_MS = 200
export const MIN_TOTAL_MS = 1_000
/** One may be what the user asked for. */
export const MIN_ANSWERS = 2
/** A stream is paced by its server: its throughput is this much below the best of the session. */
const STREAM_SHARE = 1 / 20
/** Types that are meant to be large, or that a user asked for. */
const MEDIA = /^(?:image|video|audio|font)\/|zip|pdf|octet-stream|wasm|msword|officedocument|event-stream/i

export const largeResponse: Detector = {
  kind: 'large-response',
  title: 'Large answers',
  rule: `At least ${MIN_ANSWERS} answers of a route of more than ${MIN_BYTES / 1000} kB on the network that take more than ${MIN_RECEIVE_MS} ms to receive, together ${MIN_TOTAL_MS / 1000} s. What is as large on the network as decoded is a file, or the rule "uncompressed".`,
  needs: 'sizes',
  *find(evidence) {
    const findings: Finding[] = []
    let best = 0
    const candidates: { group: Group; large: number[] }[] = []
    for (const group of evidence.groups) {
      yield
      if (!evidence.isRequest(group.members[0] as number)) continue
      const large = evidence.sample(group).filter(position => {
        best = Math.max(best, throughput(evidence, position) ?? 0)
        return isLarge(evidence, position)
      })
      if (large.length > 0 && !isMeantToBe(evidence, group, large)) candidates.push({ group, large })
    }
    for (const { group, large } of candidates) {
      const receive = large.map(position => receiveOf(evidence, position))
      if (large.length < MIN_ANSWERS || sum(receive) < MIN_TOTAL_MS) continue
      if (large.every(position => (throughput(evidence, position) ?? best) < best * STREAM_SHARE)) continue
      const sizes = large.map(position => bytesOf(evidence, position))
      const isCompressed = large.some(position => {
        const { encodedSize, decodedSize } = evidence.facts(position)
        return encodedSize !== undefined && decodedSize !== undefined && decodedSize > encodedSize
      })
      findings.push({
        kind: 'large-response',
        route: group.name,
        confidence: isCompressed || isText(evidence, large) ? 'likely' : 'possible',
        savedMs: sum(receive.map((ms, i) => ms * (1 - MIN_BYTES / (sizes[i] as number)))),
        count: large.length,
        evidence: large,
        removes: large.map((position, i) => {
          const to = evidence.end[position] as number
          return { from: to - (receive[i] as number) * (1 - MIN_BYTES / (sizes[i] as number)), to }
        }),
        waste: { bytes: sum(sizes) - MIN_BYTES * sizes.length },
        sentence: `${countText(large.length, 'answer')} of ${group.name} of up to ${bytesText(Math.max(...sizes))} took ${timeText(sum(receive))} to receive.`,
        remedy:
          'If the page does not need all of it at once, ask for less: pages of a list, only the fields that are shown.',
        caveats: ['What of the answer the page uses is not known.'],
      })
    }
    return findings
  },
}

function bytesOf(evidence: Evidence, position: number): number {
  const { encodedSize, transferSize } = evidence.facts(position)
  return encodedSize ?? transferSize ?? 0
}

function receiveOf(evidence: Evidence, position: number): number {
  return evidence.facts(position).phases.receive ?? 0
}

function throughput(evidence: Evidence, position: number): number | undefined {
  const receive = receiveOf(evidence, position)
  return receive > 5 ? bytesOf(evidence, position) / receive : undefined
}

function isLarge(evidence: Evidence, position: number): boolean {
  if (!evidence.isOk(position) || evidence.facts(position).fromCache) return false
  // A file that was packed before, or text that was not packed: another rule.
  const { encodedSize, decodedSize } = evidence.facts(position)
  if (encodedSize !== undefined && encodedSize === decodedSize) return false
  return bytesOf(evidence, position) > MIN_BYTES && receiveOf(evidence, position) > MIN_RECEIVE_MS
}

function isMeantToBe(evidence: Evidence, { url }: Group, large: readonly number[]): boolean {
  if (url.isAsset || url.isDownload || url.isTile) return true
  return large.every(position => MEDIA.test(evidence.facts(position).mimeType ?? ''))
}

function isText(evidence: Evidence, positions: readonly number[]): boolean {
  return positions.every(position => /json|xml|text|javascript|csv/i.test(evidence.facts(position).mimeType ?? ''))
}
