// Devtools page: looks for requests whose response has come and whose body has not ended. Of those neither
// Resource Timing nor DevTools tells by itself (whatwg/fetch#1813: a body that nobody reads ends when it is
// garbage-collected), so DevTools' list of all requests is asked while there may be some.

/** Milliseconds to the first look, and to the last ones if nothing comes. */
const FIRST_LOOK = 250
const LONGEST_WAIT = 15_000
/** Looks after each `expect`: the last of them some seconds later, when a request that was made is in the list. */
const MIN_LOOKS = 4
/** The list is long on a busy page: looking takes at most this share of the time, up to the longest wait. */
const MAX_SHARE = 0.02

/** What a look found. */
export interface Look {
  /** Whether requests are still without a response. */
  unanswered: boolean
}

export interface UnfinishedRequests {
  /** To be called when a request is pending. */
  expect(): void
  stop(): void
}

/** Calls `look` soon after `expect`, and then ever more rarely, the longer while requests are without a response. */
export function watchUnfinishedRequests(look: () => Promise<Look>): UnfinishedRequests {
  let timer: ReturnType<typeof setTimeout> | undefined
  let wait = FIRST_LOOK
  let earliest = 0
  let stopped = false
  let looksLeft = 0

  const schedule = (): void => {
    if (timer !== undefined || stopped) return
    timer = setTimeout(run, Math.max(wait, earliest - performance.now()))
  }
  const run = async (): Promise<void> => {
    const start = performance.now()
    const { unanswered } = await look().catch(() => ({ unanswered: false }))
    const end = performance.now()
    timer = undefined
    earliest = end + Math.min((end - start) / MAX_SHARE, LONGEST_WAIT)
    wait = Math.min(wait * 2, LONGEST_WAIT)
    looksLeft--
    if (unanswered || looksLeft > 0) schedule()
  }
  return {
    expect() {
      wait = FIRST_LOOK
      looksLeft = MIN_LOOKS
      schedule()
    },
    stop() {
      stopped = true
      clearTimeout(timer)
    },
  }
}
