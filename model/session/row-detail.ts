// Panel: what is known of a row beside its columns, as the page told it and as DevTools did. Touches no DOM.
import type { OperationColumns, OperationDetail } from '../../wire/operations.ts'
import { keepPageFrames } from './page-frames.ts'
import { httpDetailOf } from './request-detail.ts'

/** What is known of a row, out of the columns. */
export function detailsOf(columns: OperationColumns): (row: number) => OperationDetail | undefined {
  const details = new Map(columns.details)
  return row => {
    const http = httpDetailOf(columns, row)
    const { graphql, stack, error, ...detail } = details.get(row) ?? {}
    if (http && graphql !== undefined) http.graphql = graphql
    if (http && stack) http.stack = stack.split('\n')
    if (!http && !details.has(row)) return undefined
    const known = { ...detail, ...(error ? { error } : {}), ...(http ? { http } : {}) }
    keepPageFrames(known)
    return known
  }
}

/** Why a row has no end and gets none; undefined where it has one, or may get one. */
export function endUnknownOf({ http, connection, endUnknown }: OperationDetail): string | undefined {
  return endUnknown ?? http?.endUnknown ?? connection?.endUnknown
}

/** The same with that reason, or without any. */
export function withEndUnknown(
  { http, connection, endUnknown: _, ...detail }: OperationDetail,
  why: string | undefined,
): OperationDetail {
  const end = why === undefined ? {} : { endUnknown: why }
  if (http) {
    const { endUnknown, ...known } = http
    return { ...detail, http: { ...known, ...end } }
  }
  if (connection) {
    const { endUnknown, ...known } = connection
    return { ...detail, connection: { ...known, ...end } }
  }
  return { ...detail, ...end }
}

/** What DevTools has told of a row stays when the page tells more. */
export function withDevtools(detail: OperationDetail, before: OperationDetail | undefined): OperationDetail {
  const devtools = before?.http?.devtools ?? before?.connection?.devtools
  if (!devtools) return detail
  const { http, connection } = detail
  return {
    ...detail,
    ...(http ? { http: { ...http, devtools } } : {}),
    ...(connection ? { connection: { ...connection, devtools } } : {}),
  }
}
