// Panel: the stored sessions that a menu offers, the latest first, without the live one. They are read when it opens.
import { type ReadonlySignal, type Signal, useSignal } from '@preact/signals'
import type { ListedSession } from '../../wire/messages.ts'
import { usePanel } from './panel-context.ts'

export interface StoredList {
  sessions: ReadonlySignal<readonly ListedSession[]>
  /** Why they could not be read, or what else went wrong; empty if nothing did. */
  problem: Signal<string>
  load(): Promise<void>
}

export function useStoredSessions(): StoredList {
  const { store } = usePanel()
  const sessions = useSignal<readonly ListedSession[]>([])
  const problem = useSignal('')
  const load = async (): Promise<void> => {
    problem.value = ''
    const all = await store.list().catch((cause: Error): ListedSession[] => {
      problem.value = `Couldn’t load sessions: ${cause.message}`
      return []
    })
    sessions.value = all
      .filter(({ id, operations }) => id !== store.info.peek()?.id && operations > 0)
      .sort((a, b) => b.appendedAt - a.appendedAt)
  }
  return { sessions, problem, load }
}
