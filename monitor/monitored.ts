// The library, in any JavaScript environment: the method decorator, legacy and standard.

import { imitate } from './imitate.ts'
import { report } from './listeners.ts'
import { kindOf, type Method } from './method-kind.ts'
import { PerformanceMonitor } from './performance-monitor.ts'
import { className } from './plain-data.ts'
import { whenSettled } from './when-settled.ts'

/** Arguments that are summarised; the rest are counted. */
const MAX_ARGUMENTS = 10

export interface MonitoredOptions {
  /**
   * Makes the metadata of a call from its arguments. The default is `{ args: [...] }`, with numbers and booleans as they
   * are, the length of strings and arrays, and the class name of other objects. So tracking keeps no arguments alive, and
   * no password gets into an exported session. Errors that it throws are caught. It should not be async: its promise
   * would be the metadata.
   */
  metadata?: (...args: never[]) => object | undefined
}

/** What is used of the standard's `ClassMethodDecoratorContext`. */
interface MethodContext {
  readonly kind: 'method'
  readonly name: string | symbol
}

/** Works with `experimentalDecorators` (target, key, descriptor) and with standard decorators (method, context). */
export interface MonitoredDecorator {
  <T extends Method>(method: T, context: MethodContext): T
  <T>(target: object, key: string | symbol, descriptor: TypedPropertyDescriptor<T>): TypedPropertyDescriptor<T>
}

/**
 * Decorates a method: each call is tracked as an operation of the realm's monitor. A synchronous method stays
 * synchronous, and what it throws is thrown. The caller gets the very object that the method returned, except from an
 * `async` method: its promise is followed by another, which settles as it does.
 *
 * Where a call returns a promise, the operation ends when that settles. Other objects with a `then` (query builders, lazy
 * promises) are not waited for, as that could start them.
 *
 * Throws a TypeError for getters, setters, fields and classes, and for generators: a generator's call returns before any
 * of its code has run.
 *
 * @param operationName by default `Class.method`, by the class that defines the method.
 */
export function monitored(operationName?: string, options: MonitoredOptions = {}): MonitoredDecorator {
  // The specified decorator takes whatever is falsy for no name.
  if (operationName && typeof operationName !== 'string') {
    throw new TypeError('@monitored needs parentheses')
  }
  const decorator = (target: Method | object, keyOrContext: unknown, descriptor?: PropertyDescriptor): unknown => {
    if (isDecoratorContext(keyOrContext)) {
      const { kind, name } = keyOrContext
      const nameOf = operationName || defaultName(name, self => definingClass(self, name, wrapper))
      const wrapper = wrap(checkedMethod(target, kind, name), nameOf, options)
      return wrapper
    }
    const nameOf = operationName || defaultName(keyOrContext, () => legacyOwner(target))
    const method = checkedMethod(descriptor?.value, legacyKind(keyOrContext, descriptor), keyOrContext)
    const value = wrap(method, nameOf, options)
    // The compiler defines the method when all decorators have run. Those that run after ours may look for it on the class,
    // to set metadata of the function that they find there.
    const key = keyOrContext as PropertyKey
    if (Object.getOwnPropertyDescriptor(target, key)?.value === method) Reflect.defineProperty(target, key, { value })
    // Changed in place as well: NestJS' `applyDecorators` looks at no result, and hands this object on.
    return Object.assign(descriptor as PropertyDescriptor, { value })
  }
  return decorator as MonitoredDecorator
}

/** What a legacy decorator stands on, in the words of the standard. */
function legacyKind(key: unknown, descriptor: PropertyDescriptor | undefined): string {
  if (key === undefined) return 'class'
  if (typeof descriptor?.value === 'function') return 'method'
  return descriptor?.get ? 'getter' : descriptor?.set ? 'setter' : 'field'
}

function checkedMethod(method: unknown, kind: string, name: unknown): Method {
  const found = kind === 'method' && kindOf(method as Method) === 'generator' ? 'generator' : kind
  if (found === 'method') return method as Method
  const named = name === undefined ? '' : `: ${String(name)} is one`
  throw new TypeError(`@monitored is for methods, not for a ${found}${named}`)
}

/** An operation's name, for a call on `self`. */
type NameOf = string | ((self: unknown) => string)

type Track = (monitor: PerformanceMonitor, name: string, call: () => unknown, metadata: object | undefined) => unknown

/**
 * Only the caller gets the promise of an async method, so another may take its place. Unlike a watched promise, that one
 * is reported when nobody handles its rejection.
 */
const trackAsync: Track = (monitor, ...call) => monitor.trackOperation(...call)
const trackOther: Track = (monitor, ...call) => monitor.trackCall(...call, whenSettled)

function wrap(method: Method, nameOf: NameOf, { metadata = summarize }: MonitoredOptions): Method {
  const track = kindOf(method) === 'async' ? trackAsync : trackOther
  // Written as a method: unlike a `function`, that is no constructor and has no `prototype`.
  const { wrapper } = {
    wrapper(this: unknown, ...args: never[]): unknown {
      const name = typeof nameOf === 'string' ? nameOf : nameOf(this)
      const call = (): unknown => Reflect.apply(method, this, args)
      return track(PerformanceMonitor.getInstance(), name, call, safely(metadata, args))
    },
  }
  return imitate(wrapper, method)
}

/** `Class.key`: by the class that `ownerOf` finds, or else by the object that each call is made on. */
function defaultName(key: unknown, ownerOf: (self: unknown) => string | undefined): (self: unknown) => string {
  let certain: string | undefined
  return self => {
    if (certain !== undefined) return certain
    const owner = attempt(() => ownerOf(self))
    if (owner === undefined) return `${attempt(() => classOf(self)) ?? 'Object'}.${String(key)}`
    certain = `${owner}.${String(key)}`
    return certain
  }
}

/** Undefined if `call` throws: it can run code of the page, such as a Proxy trap or a static getter `name`. */
function attempt<T>(call: () => T): T | undefined {
  try {
    return call()
  } catch {
    return undefined
  }
}

function safely(metadata: (...args: never[]) => object | undefined, args: never[]): object | undefined {
  try {
    const made = metadata(...args)
    // An async function fails after it has returned. Unhandled, its rejection would end a Node process.
    whenSettled(made, () => {}, report)
    return made
  } catch {
    return { '[metadata]': '[unreadable]' }
  }
}

function summarize(...args: unknown[]): object {
  const shown = args.slice(0, MAX_ARGUMENTS).map(summary)
  return { args: args.length > MAX_ARGUMENTS ? [...shown, `[${args.length - MAX_ARGUMENTS} more]`] : shown }
}

function summary(value: unknown): unknown {
  if (typeof value === 'string') return `[string of ${value.length}]`
  if (typeof value === 'number' || typeof value === 'boolean' || value === undefined || value === null) return value
  if (typeof value !== 'object') return `[${typeof value}]`
  try {
    return Array.isArray(value) ? `[Array of ${value.length}]` : `[${className(value)}]`
  } catch {
    return '[object]'
  }
}

function isDecoratorContext(value: unknown): value is { kind: string; name: string | symbol } {
  return typeof value === 'object' && value !== null && 'kind' in value
}

/** For a static method the target is the class; for others its prototype. */
function legacyOwner(target: object): string {
  return typeof target === 'function' ? functionName(target) : className(Object.create(target))
}

/**
 * The name of the class whose method `wrapper` is, for a call on `self`. A standard decorator runs before its
 * class has a name, and `self.constructor` may be a subclass, so the class is looked up from the calls. Undefined
 * for private methods, which no class shows, and where another decorator has wrapped ours.
 */
function definingClass(self: unknown, name: string | symbol, wrapper: unknown): string | undefined {
  for (let owner = self; isObject(owner); owner = Object.getPrototypeOf(owner)) {
    if (Object.getOwnPropertyDescriptor(owner, name)?.value === wrapper) return legacyOwner(owner)
  }
  return undefined
}

function classOf(self: unknown): string | undefined {
  if (typeof self === 'function') return functionName(self)
  return isObject(self) ? className(self) : undefined
}

/** A class's own name, unless a static member hides it. */
function functionName(value: Method): string {
  const name: unknown = Object.getOwnPropertyDescriptor(value, 'name')?.value
  return typeof name === 'string' && name !== '' ? name : 'Object'
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function'
}
