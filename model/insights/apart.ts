// Any world: which insights are about something that the app's own team can't change, and so stand apart from the others.
import type { Evidence } from './evidence.ts'
import type { Apart, Finding, InsightKind } from './insight.ts'
import { urlFacts } from './url-facts.ts'

export const APART_TEXT: Record<Apart, string> = {
  'other-site': 'on another site',
  'local-server': 'on this computer',
}

/** What a server, its answers or its connections are like, whoever asks. */
const OF_SERVERS: ReadonlySet<InsightKind> = new Set<InsightKind>([
  'slow-tail',
  'connection-queue',
  'slow-server',
  'large-response',
  'uncompressed',
  'failing-route',
  'preflight-cost',
  'never-ending',
  'chatty-websocket',
  'redirect-chain',
  'slower-since',
])
/** What differs between the server of a developer and that of users: connections, compression, other ports. */
const OF_LOCAL_SERVERS: ReadonlySet<InsightKind> = new Set<InsightKind>([
  'connection-queue',
  'uncompressed',
  'preflight-cost',
])
/** Operations that are looked at. */
const MAX_LOOKED_AT = 50

export function apartOf(evidence: Evidence, { kind, evidence: positions, callSite }: Finding): Apart | undefined {
  const looked = positions.slice(0, MAX_LOOKED_AT)
  // Connecting earlier is up to the page, whoever it connects to.
  if (looked.length === 0 || kind === 'connection-setup') return undefined
  if (OF_LOCAL_SERVERS.has(kind) && looked.every(position => evidence.urlFacts(position).isLocal)) return 'local-server'
  if (!looked.every(position => evidence.isOnOtherSite(position))) return undefined
  if (OF_SERVERS.has(kind)) return 'other-site'
  // How often and when something is asked for is up to the code that asks.
  return callSite?.some(frame => isOwnFrame(evidence, frame)) ? undefined : 'other-site'
}

/** Whether a frame's script comes from the app's own site. */
function isOwnFrame(evidence: Evidence, frame: string): boolean {
  const url = /\bhttps?:\/\/\S+/.exec(frame)?.[0]
  return url !== undefined && evidence.isOwnHost(urlFacts(url).host)
}
