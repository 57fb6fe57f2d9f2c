// Any world: what is known of a row beside its columns, as the page and DevTools reported it.
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

/** What DevTools has reported of a row stays when the page reports more. */
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
