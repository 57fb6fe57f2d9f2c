// Runs in every world and touches none: what the user can set, kept in `browser.storage.local` under one key.

/** The key in `browser.storage.local`. */
export const SETTINGS_KEY = 'settings'

export interface Settings {
  /** Days after its last record that a stored session is kept. */
  keepDays: number
  /** Megabytes of all stored sessions together; past it the oldest go. */
  maxTotalMb: number
  /** Milliseconds from which on an operation is marked as slow. */
  slowThresholdMs: number
  /** Whether the page's console warns of each slow operation. */
  warnSlowInConsole: boolean
  /** Names of URL parameters whose values are secret, beside those that are known as such. */
  redactedParameters: string[]
  /** Whether requests are grouped by their route. */
  groupRoutes: boolean
  /** Whether the page script takes the call stack of each request. */
  callStacks: boolean
  durationScale: 'log' | 'linear'
}

export const DEFAULT_SETTINGS: Readonly<Settings> = {
  keepDays: 7,
  maxTotalMb: 500,
  slowThresholdMs: 1_000,
  warnSlowInConsole: false,
  redactedParameters: [],
  groupRoutes: true,
  callStacks: false,
  durationScale: 'log',
}

/** The least and the most that a number may be. */
export const SETTING_LIMITS = {
  keepDays: [1, 365],
  maxTotalMb: [10, 10_000],
  slowThresholdMs: [1, 3_600_000],
} as const satisfies { [Name in keyof Settings]?: readonly [least: number, most: number] }

/** Names of parameters, and characters of each: a bound on what every URL is compared with. */
export const MAX_REDACTED_PARAMETERS = 200
const MAX_PARAMETER_LENGTH = 200

/** Whatever was stored, as settings: what is missing or not of its kind is the default. */
export function checkedSettings(stored: unknown): Settings {
  const given = (typeof stored === 'object' && stored !== null ? stored : {}) as Record<string, unknown>
  const { warnSlowInConsole, redactedParameters, groupRoutes, callStacks, durationScale } = given
  const number = (name: keyof typeof SETTING_LIMITS): number => {
    const [least, most] = SETTING_LIMITS[name]
    const value = given[name]
    return typeof value === 'number' && value >= least && value <= most ? value : DEFAULT_SETTINGS[name]
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
    durationScale:
      durationScale === 'log' || durationScale === 'linear' ? durationScale : DEFAULT_SETTINGS.durationScale,
  }
}

function boolean(value: unknown, otherwise: boolean): boolean {
  return typeof value === 'boolean' ? value : otherwise
}

function isParameter(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= MAX_PARAMETER_LENGTH
}
