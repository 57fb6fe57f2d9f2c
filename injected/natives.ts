// Page's own world (MAIN), at document_start: the platform's functions, taken before any page script can
// replace them. Everything in injected/ calls the platform through these alone.

export const getter = (prototype: object, name: string): ((self: unknown) => unknown) => {
  const get = Object.getOwnPropertyDescriptor(prototype, name)?.get
  return get ? self => apply(get, self, []) : () => undefined
}

/** `defineProperty` and `set` answer false where Object's and an assignment throw: a page may freeze what it likes. */
export const { apply, construct, defineProperty, get: reflectGet, set: reflectSet } = Reflect
export const { getOwnPropertyDescriptor, hasOwn, setPrototypeOf } = Object

/** Takes the prototype away: what a page adds to Object.prototype is not seen in a bag of options. */
export const bare = <T extends object>(bag: T): T => setPrototypeOf(bag, null)

/** Of `performance`, where the relay listens: see CONNECT_EVENT. */
export const addListener = performance.addEventListener.bind(performance)
export const removeListener = performance.removeEventListener.bind(performance)
export const dispatch = performance.dispatchEvent.bind(performance)
export const postTask = scheduler.postTask.bind(scheduler)

export const listenTo = EventTarget.prototype.addEventListener
const utf8 = new TextEncoder()
const encode = utf8.encode.bind(utf8)
const typedArray = Object.getPrototypeOf(Uint8Array.prototype) as object
export const lengthOf = getter(typedArray, 'length') as (array: object) => number
/** The bytes of a text in UTF-8. */
export const utf8Length = (text: string): number => lengthOf(encode(text))
export const NativeURL = URL
export const NativeEvent = Event
export const NativeMessageEvent = MessageEvent
export const entriesByType = performance.getEntriesByType.bind(performance)
export const NativePerformanceObserver = PerformanceObserver
export const { getEntries: entriesOf } = window.PerformanceObserverEntryList?.prototype ?? {}
export const entryToJson = PerformanceResourceTiming.prototype.toJSON
export const { max, min } = Math
export const { includes, toUpperCase } = String.prototype
const { slice } = String.prototype
const { exec } = RegExp.prototype
export const match = (pattern: RegExp, text: string): RegExpExecArray | null => apply(exec, pattern, [text])
/** Unlike `test`, looks for no `exec` that a page may have replaced. */
export const matches = (pattern: RegExp, text: string): boolean => match(pattern, text) !== null
/** An absolute URL without user and password. */
export const withoutUser = (url: string): string => {
  const user = match(/^([^/?#]*:\/\/)[^/?#]*@/, url)
  return user ? user[1] + apply(slice, url, [user[0].length]) : url
}
export const functionToString = Function.prototype.toString

const ofRequest = (name: string) => getter(Request.prototype, name)
export const requestUrl = ofRequest('url')
export const requestMethod = ofRequest('method')
export const requestMode = ofRequest('mode')
export const requestRedirect = ofRequest('redirect')
export const requestSignal = ofRequest('signal')
export const urlHref = getter(URL.prototype, 'href')
export const isAborted = getter(AbortSignal.prototype, 'aborted')
export const abortReason = getter(AbortSignal.prototype, 'reason')
export const xhrTimeout = getter(XMLHttpRequest.prototype, 'timeout')
export const eventData = getter(MessageEvent.prototype, 'data')
export const closeCodeOf = getter(CloseEvent.prototype, 'code')
export const socketUrl = getter(WebSocket.prototype, 'url')
export const eventSourceUrl = getter(EventSource.prototype, 'url')
export const eventSourceState = getter(EventSource.prototype, 'readyState')
export const blobSize = getter(Blob.prototype, 'size')
export const bufferSize = getter(ArrayBuffer.prototype, 'byteLength')
export const viewSize = getter(typedArray, 'byteLength')
export const dataViewSize = getter(DataView.prototype, 'byteLength')
export const exceptionName = getter(DOMException.prototype, 'name')
export const exceptionMessage = getter(DOMException.prototype, 'message')
export const baseUriOf = getter(Node.prototype, 'baseURI')
