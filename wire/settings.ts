// Any world: what the user can set, kept in `browser.storage.local` under one key.

/** The key in `browser.storage.local`. */
export const SETTINGS_KEY = 'settings'

/**
 * The key beside it, of how many operations were deleted before they could be sent, since the collector was set:
 * `{ since, count }`.
 */
export const UNSENT_KEY = 'unsent-operations'

/** @param stored under `UNSENT_KEY`. A count from before the collector was set is over. */
export function unsentSince(collectorSince: number, stored: unknown): number {
  const { since, count } = (stored ?? {}) as { since?: unknown; count?: unknown }
  return since === collectorSince && typeof count === 'number' ? count : 0
}

export interface Settings {
  /** Days after its last record that a stored session is kept. */
  keepDays: number
  /** Megabytes of all stored sessions together: beyond that the oldest are removed. One session may take half of it. */
  maxTotalMb: number
  /** An operation that takes as many milliseconds is marked as slow. */
  slowThresholdMs: number
  /** Whether slow operations are logged to the page's console. */
  warnSlowInConsole: boolean
  /** Names of URL parameters to redact, beside those that are known to be secret. */
  redactedParameters: string[]
  /** Whether requests are grouped by their route. */
  groupRoutes: boolean
  /** Whether the page script captures a call stack for each request. */
  callStacks: boolean
  /** Whether operations appear in recordings of Chrome's Performance panel. */
  performanceTrack: boolean
  durationScale: 'log' | 'linear'
  /** Address of the collector on this machine that operations are sent to; empty where nothing is sent. */
  collector: string
  /** When it was set, in epoch milliseconds: sessions that were complete by then are not sent. */
  collectorSince: number
}

export const DEFAULT_SETTINGS: Readonly<Settings> = {
  keepDays: 7,
  maxTotalMb: 500,
  slowThresholdMs: 1_000,
  warnSlowInConsole: false,
  redactedParameters: [],
  groupRoutes: true,
  callStacks: false,
  performanceTrack: false,
  durationScale: 'log',
  collector: '',
  collectorSince: 0,
}

/** The smallest and the largest value of each number. */
export const SETTING_LIMITS = {
  keepDays: [1, 365],
  maxTotalMb: [10, 10_000],
  slowThresholdMs: [1, 3_600_000],
} as const satisfies { [Name in keyof Settings]?: readonly [min: number, max: number] }

/** Names of parameters, and characters of each: every URL is compared with all of them. */
export const MAX_REDACTED_PARAMETERS = 200
const MAX_PARAMETER_LENGTH = 200

/** Settings from whatever was stored: what is missing, or not of its type, has its default. */
export function checkedSettings(stored: unknown): Settings {
  const given = (typeof stored === 'object' && stored !== null ? stored : {}) as Record<string, unknown>
  const { warnSlowInConsole, redactedParameters, groupRoutes, callStacks, performanceTrack, durationScale } = given
  const { collector, collectorSince } = given
  const number = (name: keyof typeof SETTING_LIMITS): number => {
    const [min, max] = SETTING_LIMITS[name]
    const value = given[name]
    return typeof value === 'number' && value >= min && value <= max ? value : DEFAULT_SETTINGS[name]
  }
  return {
    keepDays: number('keepDays'),
    maxTotalMb: number('maxTotalMb'),
    slowThresholdMs: number('slowThresholdMs'),
    warnSlowInConsole: boolean(warnSlowInConsole, DEFAULT_SETTINGS.warnSlowInConsole),
    redactedParameters: Array.isArray(redactedParameters)
      ? redactedParameters.filter(isParameter).slice(0, MAX_REDACTED_PARAMETERS)
      : [...DEFAULT_SETTINGS.redactedParameters],
    groupRoutes: boolean(groupRoutes, DEFAULT_SETTINGS.groupRoutes),
    callStacks: boolean(callStacks, DEFAULT_SETTINGS.callStacks),
    performanceTrack: boolean(performanceTrack, DEFAULT_SETTINGS.performanceTrack),
    durationScale:
      durationScale === 'log' || durationScale === 'linear' ? durationScale : DEFAULT_SETTINGS.durationScale,
    collector: isLoopback(collector) ? collector : DEFAULT_SETTINGS.collector,
    collectorSince: typeof collectorSince === 'number' ? collectorSince : DEFAULT_SETTINGS.collectorSince,
  }
}

const LOOPBACK = /^http:\/\/(?:localhost|127\.0\.0\.1)(?::\d{1,5})?(?:\/[\w./-]*)?$/

/**
 * Whether it is an address on this machine that the extension's content security policy allows. A policy cannot name an IPv6
 * address: https://w3c.github.io/webappsec-csp/#grammardef-host-part. `localhost` is one as well.
 */
export function isLoopback(value: unknown): value is string {
  return typeof value === 'string' && LOOPBACK.test(value)
}

function boolean(value: unknown, otherwise: boolean): boolean {
  return typeof value === 'boolean' ? value : otherwise
}

function isParameter(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= MAX_PARAMETER_LENGTH
}
