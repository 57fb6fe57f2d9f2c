// Page's own world (MAIN), at document_start: the platform's functions, taken before any page script can
// replace them. Everything in injected/ calls the platform through these alone.

const getter = (prototype: object, name: string): ((self: unknown) => unknown) => {
  const get = Object.getOwnPropertyDescriptor(prototype, name)?.get
  return get ? self => apply(get, self, []) : () => undefined
}

export const { apply, get: reflectGet } = Reflect
export const { defineProperty, getOwnPropertyDescriptor } = Object

export const addListener = window.addEventListener.bind(window)
export const removeListener = window.removeEventListener.bind(window)
export const dispatch = window.dispatchEvent.bind(window)
export const setTimer = window.setTimeout.bind(window)
export const clearTimer = window.clearTimeout.bind(window)

export const NativeURL = URL
export const NativeEvent = Event
export const NativePerformanceObserver = PerformanceObserver
export const postToPort = MessagePort.prototype.postMessage
export const functionToString = Function.prototype.toString

export const requestUrl = getter(Request.prototype, 'url')
export const requestMethod = getter(Request.prototype, 'method')
export const requestMode = getter(Request.prototype, 'mode')
export const requestSignal = getter(Request.prototype, 'signal')
export const urlHref = getter(URL.prototype, 'href')
export const isAborted = getter(AbortSignal.prototype, 'aborted')
export const abortReason = getter(AbortSignal.prototype, 'reason')
export const xhrTimeout = getter(XMLHttpRequest.prototype, 'timeout')
export const baseUriOf = getter(Node.prototype, 'baseURI')
export const portsOf = getter(MessageEvent.prototype, 'ports')
export const dataOf = getter(MessageEvent.prototype, 'data')
