// Panel: whether the inspected page may be recorded, and how to ask for it.
import { type ReadonlySignal, signal } from '@preact/signals'
import type { PageAccess } from '../../../wire/page-access.ts'

export interface PagePorts {
  /** The page's; undefined where DevTools does not tell it. */
  url(): Promise<string | undefined>
  /** Asks the background. */
  ask(url: string | undefined): Promise<PageAccess>
  /** Asks the user for a site, in an event of his; undefined where the browser lets no panel ask. */
  requestAccess: ((origin: string) => Promise<boolean>) | undefined
  /** Calls `listener` when another page has come, or access has changed; returns the undo. */
  onChange(listener: () => void): () => void
}

export interface AccessStore {
  access: ReadonlySignal<PageAccess>
  /** The site that the user can be asked for: the host and how to ask; null where there is none. */
  withheld: ReadonlySignal<{ host: string; request: () => void } | null>
  stop(): void
}

export function createAccessStore({ url, ask, requestAccess, onChange }: PagePorts): AccessStore {
  const access = signal<PageAccess>({ open: true })
  const withheld = signal<AccessStore['withheld']['value']>(null)
  let asked = 0

  const look = async (): Promise<void> => {
    const turn = ++asked
    const where = await url()
    const found = await ask(where)
    // Another page has come meanwhile.
    if (turn !== asked) return
    access.value = found
    const { protocol, hostname } = new URL(where ?? 'about:blank')
    withheld.value =
      !found.open && found.reason === 'withheld' && requestAccess
        ? { host: hostname, request: () => void requestAccess(`${protocol}//${hostname}/*`).then(lookAgain, lookAgain) }
        : null
  }
  // The extension was reloaded, or does not answer: that is told by who follows the session.
  const lookAgain = (): void => void look().catch(() => undefined)

  const undo = onChange(lookAgain)
  lookAgain()
  return {
    access,
    withheld,
    stop() {
      asked++
      undo()
    },
  }
}
