// Test (Node): all that a page can observe of us in the cases, exactly. ARCHITECTURE.md names each of the reasons,
// under "What a page can observe of us".
import { PAGE_SCRIPT_URL } from '../../../wire/page-script.ts'

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

export type KnownDifference = {
  /** The case's set and name. */
  readonly case: string
  /** Where in its record, as keys joined by dots. */
  readonly at: string
  readonly reason: keyof typeof REASONS
} & ({ readonly native: Json; readonly ours: Json } | { readonly oursAlso: readonly string[] })

export const REASONS = {
  noName:
    'Function.prototype.toString prints a Proxy of a native function without its name (ECMA-262 §20.2.3.5 leaves the ' +
    'text to the implementation), and only a Proxy keeps everything else',
  ownToString: "f.toString() prints the native text through the Proxy's get trap, so the function it gives is ours",
  frame:
    'a function of ours is on the stack when the native function is called, and where the platform tells the place of the call, it tells it',
  captured:
    'Error.captureStackTrace leaves out the frames above a function that it finds on the stack; V8 finds no Proxy there, and leaves out none',
  proxyMessage: 'V8 words the error of writing to a frozen Proxy differently',
  early:
    'an extension comes to a frame with the document that it loads: until then its window has the native functions',
  listening: 'addEventListener is patched when the page makes its first EventSource',
  initProxy:
    'data properties of init and of its prototypes are looked at after the call; a Proxy looks like any other object, so its traps run',
  globals: 'the monitor, and the property by which imported copies of it find the recorder',
} as const

const SHAPE = 'the shape of the functions'
const ERRORS = 'fetch: errors'
const REPORTS = 'reports of the browser'
const APPLY = `at Object.apply (${PAGE_SCRIPT_URL})`
const CONSTRUCT = `at Object.construct (${PAGE_SCRIPT_URL})`

const MISUSE = 'Illegal invocation'
/** A message as it stands at `at`: the window's events are noted with their type. */
const inEvent = (at: string, message: string): string =>
  at.startsWith('events') ? JSON.stringify(['error', message]) : message

const nativeText = (name: string): string => `function ${name}() { [native code] }`
const PROXY_TEXT = 'function () { [native code] }'

const texts = (name: string, functions: readonly string[]): KnownDifference[] =>
  functions.map((each, i) => ({
    case: `${SHAPE} › ${name}`,
    at: `page.${i}`,
    reason: 'noName',
    native: nativeText(each),
    ours: PROXY_TEXT,
  }))

const frames = (name: string, added: Readonly<Record<string, string>>): KnownDifference[] =>
  Object.entries(added).map(([at, frame]) => ({ case: `${ERRORS} › ${name}`, at, reason: 'frame', oursAlso: [frame] }))

export const KNOWN_DIFFERENCES: readonly KnownDifference[] = [
  ...texts('the text by Function.prototype.toString', [
    'fetch',
    'open',
    'send',
    'abort',
    'sendBeacon',
    'WebSocket',
    'send',
    'close',
    'EventSource',
    'close',
  ]),
  ...texts('the text by a toString of another realm', ['fetch', 'WebSocket']),
  ...[2, 3].map(
    i =>
      ({
        case: `${SHAPE} › what a wrapped Function.prototype.toString is asked of, and sees`,
        at: `page.${i}`,
        reason: 'noName',
        native: `true,${nativeText('fetch')},fetch`,
        ours: `true,${PROXY_TEXT},fetch`,
      }) as const,
  ),
  ...[0, 1, 2].map(
    i =>
      ({
        case: `${SHAPE} › toString is the inherited one`,
        at: `page.${i}`,
        reason: 'ownToString',
        native: true,
        ours: false,
      }) as const,
  ),
  {
    case: `${SHAPE} › it can be frozen`,
    at: 'page.1.thrown.message',
    reason: 'proxyMessage',
    native: 'Cannot add property mine, object is not extensible',
    ours: 'Cannot define property mine, object is not extensible',
  },
  {
    case: `${SHAPE} › all own keys of window`,
    at: 'page',
    reason: 'globals',
    oursAlso: ['PerformanceMonitor', 'MemoryMonitor', 'monitored', 'Symbol(perf-devtools.door.1)'],
  },
  {
    case: 'fetch: arguments › a Proxy with every trap as init',
    at: 'page.1',
    reason: 'initProxy',
    oursAlso: [
      'init: getOwnPropertyDescriptor method',
      // What is no own property may be inherited.
      ...['mode', 'redirect', 'signal', 'keepalive'].flatMap(key => [
        `init: getOwnPropertyDescriptor ${key}`,
        // The trap has no key.
        'init: getPrototypeOf ',
      ]),
    ],
  },
  ...frames('the stack of a network error', { page: APPLY }),
  ...frames('the stack of a misuse', { 'page.0': APPLY, 'page.1': APPLY }),
  ...frames('the stack where a method is called on the wrong object', {
    'page.0': APPLY,
    'page.1': APPLY,
    'page.2': CONSTRUCT,
    'page.3': CONSTRUCT,
    'page.4': APPLY,
    'page.5': APPLY,
  }),
  ...Object.entries({
    'page.4': ['at stackBelow (http://SERVER/case)', 'at http://SERVER/case'],
    'page.5': ['at stackBelow (http://SERVER/case)', 'at http://SERVER/case'],
    'page.6': ['at stackBelow (http://SERVER/case)', 'at Object.toString (http://SERVER/case)', APPLY],
    'page.7': ['at stackBelow (http://SERVER/case)', 'at Object.toString (http://SERVER/case)', CONSTRUCT],
  }).map(
    ([at, oursAlso]) =>
      ({ case: `${ERRORS} › Error.captureStackTrace and stackTraceLimit`, at, reason: 'captured', oursAlso }) as const,
  ),
  {
    case: `${ERRORS} › a stack that is cut after one frame`,
    at: 'page.0',
    reason: 'frame',
    native: 'at caller (http://SERVER/case)',
    ours: APPLY,
  },
  ...[0, 1, 2].map(
    i =>
      ({
        case: `${ERRORS} › the place that an error event tells`,
        at: `page.${i}.1`,
        reason: 'frame',
        native: 'http://SERVER/case',
        ours: PAGE_SCRIPT_URL,
      }) as const,
  ),
  // V8 puts the name of the native function before it that it knows of, when no script is between.
  ...['page.0.0', 'events.0'].map(
    at =>
      ({
        case: `${ERRORS} › a patched function as a listener, a timer and a handler of promises`,
        at,
        reason: 'frame',
        native: inEvent(at, `Uncaught TypeError: Failed to execute 'dispatchEvent' on 'EventTarget': ${MISUSE}`),
        ours: inEvent(at, `Uncaught TypeError: ${MISUSE}`),
      }) as const,
  ),
  {
    case: 'beacons, sockets and event sources › addEventListener once there is an EventSource',
    at: 'page.0',
    reason: 'listening',
    native: true,
    ours: false,
  },
  ...[3, 4].map(
    i =>
      ({
        case: 'other documents › functions of a frame taken before it has loaded',
        at: `page.${i}`,
        reason: 'early',
        native: true,
        ours: false,
      }) as const,
  ),
  {
    case: `${ERRORS} › who called, by Function.prototype.caller`,
    at: 'page.0',
    reason: 'frame',
    native: 'caller',
    // Strict functions are not shown.
    ours: null,
  },
  ...[0, 1, 2, 3, 4].map(
    i =>
      ({
        case: `${ERRORS} › a page that forbids connections by CSP`,
        at: `page.2.${i}.2`,
        reason: 'frame',
        native: 'http://SERVER/case',
        ours: 'perf',
      }) as const,
  ),
  {
    case: `${REPORTS} › connections that CSP forbids`,
    at: 'page.0',
    reason: 'frame',
    native: 3,
    // The two of the same URL come from the same place, ours, and the browser leaves out what it has reported already.
    ours: 2,
  },
  ...[1, 2].map(
    i =>
      ({
        case: `${REPORTS} › connections that CSP forbids`,
        at: `page.${i}.3`,
        reason: 'frame',
        native: 'http://SERVER/case',
        ours: 'perf',
      }) as const,
  ),
  ...(
    [
      ['a synchronous request', 'page.3'],
      ['a synchronous request that a policy forbids', 'page.1.3'],
    ] as const
  ).map(
    ([name, at]) =>
      ({
        case: `${REPORTS} › ${name}`,
        at,
        reason: 'frame',
        native: 'http://SERVER/case',
        ours: PAGE_SCRIPT_URL,
      }) as const,
  ),
]
