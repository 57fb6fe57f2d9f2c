// Model: the place in the app's code that started an operation.
import type { OperationDetail } from '../../wire/operations.ts'
import { type StackFrame, stackFrames } from './stack-frames.ts'

export interface Initiator {
  /** The file and the line, as a list shows them. */
  label: string
  /** The whole frame. */
  frame: string
  place: StackFrame['place']
}

/** The innermost frame. DevTools' stack comes first: it includes the frames before an `await`, and it needs no setting. */
export function initiatorOf(detail: OperationDetail | undefined): Initiator | undefined {
  const { http, connection } = detail ?? {}
  const [frame] = [...((http ?? connection)?.devtools?.initiator?.stack ?? []), ...(http?.stack ?? [])]
  if (frame === undefined) return undefined
  const place = stackFrames(frame)[0]?.place
  return { frame, place, label: place ? `${fileOf(place.url)}:${place.line}` : frame }
}

/** The last part of a URL's path. */
function fileOf(url: string): string {
  const path = url.replace(/[?#].*/s, '')
  return path.slice(path.lastIndexOf('/', path.length - 2) + 1) || path
}
