// Page's own world (MAIN), at document_start: the platform's functions, captured before any page script can replace them.
// Everything in injected/ calls the platform through these alone.

/** Unlike Object.defineProperty and an assignment these return false for a frozen object, and do not throw. */
export const { apply, construct, defineProperty, get: reflectGet, set: reflectSet } = Reflect
const { call } = Function.prototype
export const { getOwnPropertyDescriptor, getPrototypeOf, hasOwn, setPrototypeOf } = Object
/** Returns an object as it is, even `document.all`, for which `typeof` says 'undefined'; wraps a primitive. */
export const toObject = Object
export const { toPrimitive } = Symbol

/** The getter of an attribute, as a function of the instance. It throws for anything else than an instance. */
export const getter = (of: { prototype: object }, name: string): ((self: unknown) => unknown) => {
  const get = getOwnPropertyDescriptor(of.prototype, name)?.get
  // Faster than a function of ours around `apply`, and no page can get in between.
  return get ? call.bind(get) : () => undefined
}

/** Removes the prototype, so that nothing is looked up on the page's Object.prototype or Array.prototype. */
export const bare = <T extends object>(bag: T): T => setPrototypeOf(bag, null)

/** Methods of `performance`, on which the relay listens: see CONNECT_EVENT. */
export const addListener = performance.addEventListener.bind(performance)
export const removeListener = performance.removeEventListener.bind(performance)
export const dispatch = performance.dispatchEvent.bind(performance)
export const postTask = scheduler.postTask.bind(scheduler)

export const listenTo = EventTarget.prototype.addEventListener
const utf8 = new TextEncoder()
const encode = utf8.encode.bind(utf8)
const typedArray = Object.getPrototypeOf(Uint8Array) as { prototype: object }
export const lengthOf = getter(typedArray, 'length') as (array: object) => number
/** How many bytes a text has in UTF-8. */
export const utf8Length = (text: string): number => lengthOf(encode(text))
export const NativeURL = URL
export const NativeError = Error
export const NativeMessageEvent = MessageEvent
export const NativePerformanceObserver = PerformanceObserver
export const { getEntries: entriesOf } = PerformanceObserverEntryList.prototype
export const { max, min } = Math
const { slice } = String.prototype
const { exec } = RegExp.prototype
/** `RegExp.prototype.test` would call the `exec` that a page may have replaced. */
export const match = (pattern: RegExp, text: string): RegExpExecArray | null => apply(exec, pattern, [text])
/** An absolute URL without user and password. */
export const withoutUser = (url: string): string => {
  const user = match(/^([^/?#]*:\/\/)[^/?#]*@/, url)
  return user ? user[1] + apply(slice, url, [user[0].length]) : url
}
export const functionToString = Function.prototype.toString

export const requestUrl = getter(Request, 'url')
export const requestMethod = getter(Request, 'method')
export const requestMode = getter(Request, 'mode')
export const requestRedirect = getter(Request, 'redirect')
export const requestSignal = getter(Request, 'signal')
export const requestKeepalive = getter(Request, 'keepalive')
const requestGetter = (key: keyof Request): (() => unknown) =>
  getOwnPropertyDescriptor(Request.prototype, key)?.get as () => unknown
/** The same unbound, to be recognised in a Request that is passed as a bag of options. */
export const requestGetters = bare({
  method: requestGetter('method'),
  mode: requestGetter('mode'),
  redirect: requestGetter('redirect'),
  signal: requestGetter('signal'),
  keepalive: requestGetter('keepalive'),
})
export const urlHref = getter(URL, 'href')
export const isAborted = getter(AbortSignal, 'aborted')
export const abortReason = getter(AbortSignal, 'reason')
export const eventData = getter(MessageEvent, 'data')
export const closeCodeOf = getter(CloseEvent, 'code')
export const closeReasonOf = getter(CloseEvent, 'reason')
export const xhrState = getter(XMLHttpRequest, 'readyState')
export const eventTime = getter(Event, 'timeStamp') as (event: Event) => number
export const socketUrl = getter(WebSocket, 'url')
export const socketState = getter(WebSocket, 'readyState')
export const socketBuffered = getter(WebSocket, 'bufferedAmount') as (self: unknown) => number
export const eventSourceUrl = getter(EventSource, 'url')
export const eventSourceState = getter(EventSource, 'readyState')
export const blobSize = getter(Blob, 'size')
export const bufferSize = getter(ArrayBuffer, 'byteLength')
export const viewSize = getter(typedArray, 'byteLength')
export const dataViewSize = getter(DataView, 'byteLength')
export const exceptionName = getter(DOMException, 'name')
export const exceptionMessage = getter(DOMException, 'message')
export const baseUriOf = getter(Node, 'baseURI')
export const characterSetOf = getter(Document, 'characterSet')
export const createElementNS = document.createElementNS.bind(document)
export const linkHref = getter(HTMLAnchorElement, 'href')
export const setLinkHref = getOwnPropertyDescriptor(HTMLAnchorElement.prototype, 'href')?.set as (url: string) => void
/** `href` and `toString` are own properties of `location`: https://webidl.spec.whatwg.org/#LegacyUnforgeable. */
const ofLocation = { prototype: location }
/** The URLs of the objects that stand for one. Each throws for any other object. */
export const urlGetters = bare([
  urlHref,
  getter(ofLocation, 'href'),
  linkHref,
  getter(HTMLAreaElement, 'href'),
  call.bind(String.prototype.valueOf) as (self: unknown) => unknown,
])
/** What makes a text of the same objects, in the same order, unless the page has seen to it. */
export const urlStringifiers = bare(
  [URL, ofLocation, HTMLAnchorElement, HTMLAreaElement, String].map(({ prototype }): unknown => prototype.toString),
)
