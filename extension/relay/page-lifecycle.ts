// Isolated world of each frame: when the page is hidden for good or for the back/forward cache, and when it is back or seen.

export interface LifecycleListener {
  /** The page may be gone after this call, or come back from the back/forward cache. */
  onHide(): void
  /** It has come back from the back/forward cache, which has closed its ports. */
  onRestore(): void
  /** A prerendered page is seen. */
  onActivate(): void
}

export interface PageLifecycle {
  /** Nobody has seen the page yet: https://developer.chrome.com/docs/web-platform/prerender-pages */
  readonly prerendering: boolean
  /** Calls the listener from now on. */
  follow(listener: LifecycleListener): FollowedLifecycle
}

export interface FollowedLifecycle {
  /** Only `onHide` is called after this. */
  onlyHide(): void
  stop(): void
}

/** Not in TypeScript's types yet. */
type PrerenderedDocument = Document & { prerendering?: boolean }

export const pageLifecycle: PageLifecycle = {
  get prerendering() {
    return (document as PrerenderedDocument).prerendering === true
  },
  follow({ onHide, onRestore, onActivate }) {
    const hide = ({ isTrusted }: Event): void => {
      if (isTrusted) onHide()
    }
    const show = ({ isTrusted, persisted }: PageTransitionEvent): void => {
      if (isTrusted && persisted) onRestore()
    }
    const listen = (): void => {
      addEventListener('pagehide', hide)
      addEventListener('pageshow', show)
    }
    // `document.open` removes the listeners, and the document's content, which an observer sees.
    const rewrites = new MutationObserver(listen)
    rewrites.observe(document, { childList: true })
    listen()
    document.addEventListener('prerenderingchange', onActivate)
    const onlyHide = (): void => {
      rewrites.disconnect()
      removeEventListener('pageshow', show)
      document.removeEventListener('prerenderingchange', onActivate)
    }
    return {
      onlyHide,
      stop() {
        onlyHide()
        removeEventListener('pagehide', hide)
      },
    }
  },
}
