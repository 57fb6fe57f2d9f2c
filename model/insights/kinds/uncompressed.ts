// Any world: text that goes over the network as it is.

import { sum } from '../../statistics.ts'
import { bytesText, countText } from '../amounts.ts'
import type { Evidence, Group } from '../evidence.ts'
import type { Detector, Finding } from '../insight.ts'

/** Bytes of one answer, and of all of a route. */
export const MIN_BYTES = 20_000
export const MIN_TOTAL_BYTES = 200_000
/** Milliseconds in which all of them were received. */
export const MIN_RECEIVE_MS = 100
/** What of a JSON text is left when it is compressed (Chrome's estimate). */
export const COMPRESSED_SHARE = 0.5
const BINARY = /^(?:image|video|audio|font)\/|zip|pdf|octet-stream|wasm|protobuf|msgpack|grpc/i

export const uncompressed: Detector = {
  kind: 'uncompressed',
  title: 'Text sent uncompressed',
  rule: `Answers of more than ${MIN_BYTES / 1000} kB that have the same size on the network as decoded, together ${MIN_TOTAL_BYTES / 1000} kB and ${MIN_RECEIVE_MS} ms of receiving.`,
  needs: 'sizes',
  *find(evidence) {
    const compressing = new Set<string>()
    const candidates: { group: Group; plain: number[] }[] = []
    for (const group of evidence.groups) {
      yield
      if (!evidence.isRequest(group.members[0] as number)) continue
      const { isAsset, isDownload, isTile, isOfFiles, origin } = group.url
      const plain: number[] = []
      for (const position of evidence.sample(group)) {
        const { encodedSize, decodedSize } = evidence.facts(position)
        if (encodedSize !== undefined && decodedSize !== undefined && decodedSize > encodedSize) compressing.add(origin)
        else if (!isAsset && !isDownload && !isTile && !isOfFiles && isPlain(evidence, position)) plain.push(position)
      }
      if (plain.length > 0) candidates.push({ group, plain })
    }
    const findings: Finding[] = []
    for (const { group, plain } of candidates) {
      const bytes = sum(plain.map(position => evidence.facts(position).encodedSize ?? 0))
      const receive = sum(plain.map(position => evidence.facts(position).phases.receive ?? 0))
      if (bytes < MIN_TOTAL_BYTES || receive < MIN_RECEIVE_MS) continue
      const isText = plain.every(position =>
        /json|xml|text|javascript|csv|graphql/i.test(evidence.facts(position).mimeType ?? ''),
      )
      const isLikely = (compressing.has(group.url.origin) || isText) && !group.url.isLocal
      findings.push({
        kind: 'uncompressed',
        route: group.name,
        confidence: isLikely ? 'likely' : 'possible',
        savedMs: receive * (1 - COMPRESSED_SHARE),
        count: plain.length,
        evidence: plain,
        removes: plain.map(position => {
          const to = evidence.end[position] as number
          return { from: to - (evidence.facts(position).phases.receive ?? 0) * (1 - COMPRESSED_SHARE), to }
        }),
        waste: { bytes: bytes * (1 - COMPRESSED_SHARE) },
        sentence: `${countText(plain.length, 'answer')} of ${group.name} went over the network uncompressed, ${bytesText(bytes)} together.`,
        remedy: 'If they are text such as JSON, let the server compress them (Content-Encoding: br, zstd or gzip).',
        caveats: [
          ...(group.url.isLocal ? ['On localhost servers often do not compress; the one that users reach may.'] : []),
          ...(isText ? [] : ['The type of the content is not known.']),
        ],
      })
    }
    return findings
  },
}

function isPlain(evidence: Evidence, position: number): boolean {
  if (!evidence.isOk(position)) return false
  const { encodedSize, decodedSize, transferSize, fromCache, serviceWorker, mimeType } = evidence.facts(position)
  if (fromCache || serviceWorker || encodedSize === undefined || encodedSize !== decodedSize) return false
  if (BINARY.test(mimeType ?? '')) return false
  return encodedSize > MIN_BYTES && (transferSize === undefined || transferSize >= encodedSize)
}
