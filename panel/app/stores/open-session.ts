// Panel: what every session that can be shown has: the live one, one that is stored, one from a file.
import type { ReadonlySignal } from '@preact/signals'
import type { SessionModel } from '../../../model/session/session-model.ts'

/**
 * `none`: the tab has no session. `disconnected`: the extension was reloaded under this panel. `failed`: what was to
 * be opened is no session, or can't be read: `problem` says why.
 */
export type Connection = 'loading' | 'ready' | 'none' | 'disconnected' | 'failed'

export interface OpenSession {
  /** Tells it from the others. */
  readonly key: string
  /** As the user is told. */
  readonly name: string
  connection: ReadonlySignal<Connection>
  /** What was recorded. It grows in place: `version` changes, at most once a frame, when it has. */
  session: ReadonlySignal<SessionModel>
  version: ReadonlySignal<number>
  /** The share of it that has been read, 0 to 1; null when that is all. */
  progress: ReadonlySignal<number | null>
  problem: ReadonlySignal<string | null>
  /** Keeps the session as it is until the returned function is called. */
  hold(): () => void
  stop(): void
}
