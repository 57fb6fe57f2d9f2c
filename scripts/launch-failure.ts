// World: Node. Why a browser did not start, from the log that Playwright's error carries.

/** One sentence. */
export function launchFailure(executablePath: string, error: unknown): Error {
  const log = String(error)
  const [firstLine = ''] = log.split('\n')
  // The browser logs `[…:ERROR:file.cc:12] reason`; the loader, a library that is missing.
  const [, reason = firstLine] = /(?:ERROR:[^\]\n]*\] |(?=error while loading))([^\n[]+)/.exec(log) ?? []
  return new Error(`${executablePath} did not start: ${reason.trim()}`, { cause: error })
}
