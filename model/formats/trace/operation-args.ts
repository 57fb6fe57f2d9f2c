// Model: what a trace event says of an operation.
import type { Row } from '../../numbers.ts'
import type { SessionModel } from '../../session/session-model.ts'

/** Texts and numbers only: readers show nothing else. What is not known is absent. */
export function operationArgs({ operations }: SessionModel, row: Row): Record<string, string | number> {
  const { http, connection, error, metadata } = operations.details.get(row) ?? {}
  const args: Record<string, string | number | undefined> = {
    outcome: operations.outcomeOf(row),
    id: operations.idOf(row),
    parent: operations.parentIdOf(row),
    endUnknown: operations.endReasonOf(row),
    method: http?.method || undefined,
    url: (http?.url ?? connection?.url) || undefined,
    status: operations.requests.statusOf(row),
    protocol: http?.protocol,
    transferSize: operations.requests.sizeOf(row),
    error: error && `${error.name}: ${error.message ?? error.code}`,
    metadata: metadata === undefined ? undefined : JSON.stringify(metadata),
  }
  for (const [phase, duration] of Object.entries(http?.phases ?? {})) args[`${phase} (ms)`] = duration
  if (connection) {
    const { messagesIn, bytesIn, messagesOut, bytesOut, closeCode } = connection
    Object.assign(args, { messagesIn, bytesIn, messagesOut, bytesOut, closeCode })
  }
  return Object.fromEntries(Object.entries(args).filter(([, value]) => value !== undefined)) as Record<
    string,
    string | number
  >
}
