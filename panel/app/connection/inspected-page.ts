// Panel: the inspected page: its URL, its navigations, and access to its site.
import browser from 'webextension-polyfill'
import type { PagePorts } from '../stores/access-store.ts'

/** Chromium uses a callback. It reports nothing for the browser's own pages. */
interface InspectedWindow {
  eval(script: string, callback: (result: unknown, failed?: unknown) => void): unknown
}

export function connectPage(tabId: number): Omit<PagePorts, 'ask'> {
  const { inspectedWindow, network } = browser.devtools
  // Firefox does not give these APIs to panels.
  const { permissions, tabs } = browser as Partial<typeof browser>
  return {
    url: () =>
      new Promise(resolve => {
        const asked = (inspectedWindow as unknown as InspectedWindow).eval('location.href', url =>
          resolve(typeof url === 'string' ? url : undefined),
        )
        // Firefox returns a promise and does not use the callback.
        if (asked instanceof Promise) asked.then(([url]) => resolve(typeof url === 'string' ? url : undefined))
      }),
    requestAccess: permissions && (origin => permissions.request({ origins: [origin] })),
    onChange(listener) {
      // DevTools does not report navigations to the browser's own pages, but the tab does.
      const onUpdated = (id: number, { status }: { status?: string }): void => {
        if (id === tabId && status === 'complete') listener()
      }
      const undos: (() => void)[] = []
      const listen = <Listener>(
        event: { addListener(l: Listener): void; removeListener(l: Listener): void } | undefined,
        own: Listener,
      ): void => {
        event?.addListener(own)
        undos.push(() => event?.removeListener(own))
      }
      listen(tabs?.onUpdated as Parameters<typeof listen<typeof onUpdated>>[0], onUpdated)
      listen(network.onNavigated, listener as (url: string) => void)
      listen(permissions?.onAdded as Parameters<typeof listen<() => void>>[0], listener)
      listen(permissions?.onRemoved as Parameters<typeof listen<() => void>>[0], listener)
      return () => {
        for (const undo of undos) undo()
      }
    },
  }
}
