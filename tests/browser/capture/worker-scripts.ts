// Test (Node): the scripts of workers, which no content script reaches.

/** By path. Each fetches a URL of its own when it gets a message, and answers with the status. */
export const WORKER_SCRIPTS: Record<string, string> = {
  '/worker.js': `onmessage = async () => {
    const { status } = await fetch('/ok?from=worker')
    postMessage(status)
  }`,
  '/service-worker.js': `
    addEventListener('install', () => skipWaiting())
    addEventListener('activate', event => event.waitUntil(clients.claim()))
    addEventListener('message', event => event.waitUntil(
      fetch('/ok?from=service-worker').then(({ status }) => event.source.postMessage(status))))
  `,
}
