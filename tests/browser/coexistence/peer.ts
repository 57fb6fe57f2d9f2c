// Test page: what the tests ask of a library that patches fetch and XMLHttpRequest as well.

export interface Peer {
  /** Makes a call under the peer's eyes. */
  run<T>(call: () => Promise<T>): Promise<T>
  /** The calls that it saw end, as `GET /path`. */
  seen(): string[]
  /** Takes its patches back. Without it there is no way back. */
  stop?(): void
}

declare global {
  interface Window {
    peer: Peer
    /** What `fetch` was before we came. */
    fetchBefore: typeof fetch
  }
}
