// Panel: whether the inspected page can be recorded, and how to request access to it.
import { type ReadonlySignal, signal } from '@preact/signals'
import type { PageAccess } from '../../../wire/page-access.ts'

export interface PagePorts {
  /** The URL of the page; undefined if DevTools does not report it. */
  url(): Promise<string | undefined>
  /** Asks the background. */
  ask(url: string | undefined): Promise<PageAccess>
  /** Asks the user for access to a site. It needs a user gesture. Undefined if panels cannot ask in this browser. */
  requestAccess: ((origin: string) => Promise<boolean>) | undefined
  /** Calls `listener` after a navigation, and when access changes. Returns a function that stops it. */
  onChange(listener: () => void): () => void
}

export interface AccessStore {
  access: ReadonlySignal<PageAccess>
  /** The site that the user can grant access to; null if there is none. */
  withheld: ReadonlySignal<{ host: string; request: () => void } | null>
  stop(): void
}

export function createAccessStore({ url, ask, requestAccess, onChange }: PagePorts): AccessStore {
  const access = signal<PageAccess>({ open: true })
  const withheld = signal<AccessStore['withheld']['value']>(null)
  let latestRequest = 0

  const check = async (): Promise<void> => {
    const request = ++latestRequest
    const pageUrl = await url()
    const found = await ask(pageUrl)
    // The page has changed in the meantime.
    if (request !== latestRequest) return
    access.value = found
    const { protocol, hostname } = new URL(pageUrl ?? 'about:blank')
    withheld.value =
      !found.open && found.reason === 'withheld' && requestAccess
        ? { host: hostname, request: () => void requestAccess(`${protocol}//${hostname}/*`).then(refresh, refresh) }
        : null
  }
  // If the background does not answer, `followSession` reports it.
  const refresh = (): void => void check().catch(() => undefined)

  const undo = onChange(refresh)
  refresh()
  return {
    access,
    withheld,
    stop() {
      latestRequest++
      undo()
    },
  }
}
