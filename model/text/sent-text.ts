// Model: what was sent to the collector, in words.
import type { SentSession } from '../../wire/messages.ts'
import type { Formatters } from './formatters.ts'

/**
 * @param sent of the current session; undefined where nothing was sent of it.
 * @param expired operations of sessions that were deleted before they could be sent.
 */
export function sentText(
  endpoint: string,
  sent: SentSession | undefined,
  expired: number,
  { count }: Pick<Formatters, 'count'>,
): string[] {
  if (!sent) return ['Operations are sent as they end.', ...expiredText(expired, count)]
  const { traces, metrics, problem } = sent
  const lines = [`${count(traces.taken, 'operation')} of this session sent.`]
  if (traces.running.length > 0) lines.push(`${count(traces.running.length)} still running.`)
  const lost = [
    ...(traces.lost > 0 ? [count(traces.lost, 'span')] : []),
    ...(metrics.lost > 0 ? [count(metrics.lost, 'histogram')] : []),
  ]
  if (lost.length > 0) lines.push(`${lost.join(' and ')} lost.`)
  if (problem && problem.endpoint === endpoint) {
    const isLoss = lost.length > 0 && problem.retryAt === undefined
    lines.push(
      `${isLoss ? 'The collector says' : 'Not sending'}: ${problem.reason}.${problem.retryAt ? ' Retrying…' : ''}`,
    )
  }
  return [...lines, ...expiredText(expired, count)]
}

function expiredText(expired: number, count: Formatters['count']): string[] {
  if (expired === 0) return []
  return [`${count(expired, 'operation')} of earlier sessions deleted before they could be sent.`]
}
