// Devtools page: when to look at DevTools' list of all requests for those that have not ended: see request-list.ts.

/** Milliseconds to the first look, and to the last ones if nothing comes. */
const FIRST_LOOK = 250
const LONGEST_WAIT = 15_000
/** Looks after each `expect`: the last of them some seconds later, when a request that was made is in the list. */
const MIN_LOOKS = 4
/**
 * DevTools makes the whole list anew for each look, about 0.2 ms a request in Chromium 156. Looking takes at most this
 * share of its time, up to the longest wait. This is estimated from the list's length: a look also takes long on a
 * busy machine, where the end of a request would then be reported late.
 */
const MAX_SHARE = 0.05
const TIME_PER_ENTRY = 0.2

/** What a look found. */
export interface Look {
  /** How many requests are in the list. */
  entries: number
  /** Whether a response is awaited, or more of a body is expected. */
  expectsMore: boolean
}

export interface UnfinishedRequests {
  /** To be called when a request is pending. */
  expect(): void
  stop(): void
}

/** Calls `look` soon after `expect`, and then ever more rarely, the longer while more is expected. */
export function watchUnfinishedRequests(look: () => Promise<Look>): UnfinishedRequests {
  let timer: ReturnType<typeof setTimeout> | undefined
  /** When the next look is due. */
  let due = Number.POSITIVE_INFINITY
  let looking = false
  let wait = FIRST_LOOK
  let earliest = 0
  let stopped = false
  let looksLeft = 0

  const schedule = (): void => {
    const now = performance.now()
    const delay = Math.max(wait, earliest - now)
    if (looking || stopped || now + delay >= due) return
    due = now + delay
    clearTimeout(timer)
    timer = setTimeout(run, delay)
  }
  const run = async (): Promise<void> => {
    looking = true
    due = Number.POSITIVE_INFINITY
    wait = Math.min(wait * 2, LONGEST_WAIT)
    looksLeft--
    const { entries, expectsMore } = await look().catch(() => ({ entries: 0, expectsMore: false }))
    looking = false
    earliest = performance.now() + Math.min((entries * TIME_PER_ENTRY) / MAX_SHARE, LONGEST_WAIT)
    if (expectsMore || looksLeft > 0) schedule()
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
