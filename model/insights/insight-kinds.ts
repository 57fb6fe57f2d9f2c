// Any world: what kinds of insights there are.

/** The kinds, as they are named in docs/insights.md, on the command line and in what a user dismisses. */
export const INSIGHT_KINDS = [
  'n-plus-one',
  'duplicate-in-flight',
  'repeated-get',
  'serial-waterfall',
  'retry-storm',
  'poll-too-often',
  'slow-tail',
  'connection-queue',
  'slow-server',
  'large-response',
  'uncompressed',
  'failing-route',
  'wasted-aborts',
  'preflight-cost',
  'long-task-after-response',
  'never-ending',
  'chatty-websocket',
  'connection-setup',
  'redirect-chain',
  'slower-since',
  'heap-growth',
  'work-after-leaving',
] as const

export type InsightKind = (typeof INSIGHT_KINDS)[number]
