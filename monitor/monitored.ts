// The library, in any JavaScript environment: the method decorator, legacy and standard.

import { PerformanceMonitor } from './performance-monitor.ts'
import { className } from './plain-data.ts'
import { whenSettled } from './when-settled.ts'

// biome-ignore lint/complexity/noBannedTypes: a decorator takes whatever can be called
type Method = Function

/** Arguments that are summarised; the rest are counted. */
const MAX_ARGUMENTS = 10

export interface MonitoredOptions {
  /**
   * Makes the metadata of a call from its arguments. By default numbers and booleans are kept, strings and bigints
   * told by their length or type, objects by their class: so tracking keeps no object of the caller's alive, and
   * no password finds its way into an exported session.
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
 * Decorates a method: each call is tracked as an operation. A synchronous method stays synchronous. Where a call
 * returns a promise the operation ends when that settles; other objects with a `then` (query builders, lazy promises) are
 * not waited for, as that could start them. What is returned is the very object that the method returned, only an
 * `async` method's own new promise is another.
 *
 * Throws a TypeError for what is no method, and for a generator: its call returns before any of it has run.
 *
 * @param operationName by default `Class.method`, by the class that defines the method.
 */
export function monitored(operationName?: string, options: MonitoredOptions = {}): MonitoredDecorator {
  if (operationName !== undefined && typeof operationName !== 'string') {
    throw new TypeError('@monitored needs parentheses')
  }
  const decorator = (target: Method | object, keyOrContext: unknown, descriptor?: PropertyDescriptor): unknown => {
    if (!isDecoratorContext(keyOrContext)) {
      const nameOf = operationName ?? defaultName(keyOrContext, () => legacyOwner(target))
      const value = wrap(descriptor?.value, nameOf, options)
      // Changed in place as well: NestJS' `applyDecorators` looks at no result, and hands this object on.
      return Object.assign(descriptor as PropertyDescriptor, { value })
    }
    const { kind, name } = keyOrContext
    const nameOf = operationName ?? defaultName(name, self => definingClass(self, name, wrapped))
    const wrapped = wrap(kind === 'method' ? target : undefined, nameOf, options)
    return wrapped
  }
  return decorator as MonitoredDecorator
}

/** An operation's name, for a call on `self`. */
type NameOf = string | ((self: unknown) => string)

function wrap(method: unknown, nameOf: NameOf, { metadata = summarize }: MonitoredOptions): Method {
  if (typeof method !== 'function' || className(method).includes('Generator'))
    throw new TypeError('@monitored is for methods, not for generators')
  const track = isAsync(method) ? trackAsync : trackAny
  // Written as a method: unlike a `function`, that is no constructor and has no `prototype`.
  const { wrapped } = {
    wrapped(this: unknown, ...args: never[]): unknown {
      const name = typeof nameOf === 'string' ? nameOf : nameOf(this)
      const call = (): unknown => Reflect.apply(method, this, args)
      return track(PerformanceMonitor.getInstance(), name, call, safely(metadata, args))
    },
  }
  return imitate(wrapped, method)
}

type Track = (monitor: PerformanceMonitor, name: string, call: () => unknown, metadata: object | undefined) => unknown

const trackAsync: Track = (monitor, ...call) => monitor.trackOperation(...call)
const trackAny: Track = (monitor, ...call) => monitor.trackCall(...call, whenSettled)

/** What compilers make of an async method: its body is handed to a helper of theirs, which makes a new promise. */
const COMPILED = /^[^{]*\{\s*(?:var \w+ = \w+;\s*)?return (?:\w+\.)?_+(\w+)\(/
/** Those of TypeScript, of esbuild, and of Babel, SWC and Oxc; without underscores, in lower case. */
const ASYNC_HELPERS = ['awaiter', 'async', 'asynctogenerator']

/**
 * Whether each call of a method makes a promise of its own, which nobody else can know. That one may be replaced by
 * another, so that a rejection which nobody handles is reported as without us: see `whenSettled`. The text tells, as a
 * function that remembers promises may have taken over the prototype of the async one that it calls (mimic-function).
 */
function isAsync(method: Method): boolean {
  const text = Function.prototype.toString.call(method)
  if (/^async\b/.test(text) && className(method) === 'AsyncFunction') return true
  return ASYNC_HELPERS.includes(COMPILED.exec(text)?.[1]?.replaceAll('_', '').toLowerCase() ?? '')
}

/** Own properties of old-style functions that a method does not have. */
const NOT_OF_METHODS: PropertyKey[] = ['prototype', 'arguments', 'caller']

/** The part of https://rbuckton.github.io/reflect-metadata that is used: on `Reflect` where the app has loaded it. */
interface ReflectMetadata {
  getOwnMetadataKeys?(target: object): unknown[]
  getOwnMetadata(key: unknown, target: object): unknown
  defineMetadata(key: unknown, value: unknown, target: object): void
}

/**
 * Gives `wrapped` all that other code may look for on `method`. Frameworks keep a method's routes, guards and marks
 * in its own properties or in metadata of the function itself, and ask whatever function they find in its place.
 */
function imitate(wrapped: Method, method: Method): Method {
  Object.setPrototypeOf(wrapped, Object.getPrototypeOf(method))
  for (const key of Reflect.ownKeys(method)) {
    const property = Object.getOwnPropertyDescriptor(method, key)
    if (property && !NOT_OF_METHODS.includes(key)) Object.defineProperty(wrapped, key, property)
  }
  const metadata = Reflect as unknown as ReflectMetadata
  for (const key of metadata.getOwnMetadataKeys?.(method) ?? []) {
    metadata.defineMetadata(key, metadata.getOwnMetadata(key, method), wrapped)
  }
  return wrapped
}

/** `Class.key`: kept once `ownerOf` knows the class for certain; until then by what each call is made on. */
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

/** Undefined if the page's code that `call` came upon throws: a proxy's, or that of a static `name`. */
function attempt<T>(call: () => T): T | undefined {
  try {
    return call()
  } catch {
    return undefined
  }
}

function safely(metadata: (...args: never[]) => object | undefined, args: never[]): object | undefined {
  try {
    return metadata(...args)
  } catch {
    return { '[metadata]': '[unreadable]' }
  }
}

function summarize(...args: unknown[]): object | undefined {
  if (args.length === 0) return undefined
  const shown = args.slice(0, MAX_ARGUMENTS).map(summary)
  return { arguments: args.length > MAX_ARGUMENTS ? [...shown, `[${args.length - MAX_ARGUMENTS} more]`] : shown }
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
 * The name of the class whose method `wrapped` is, for a call on `self`. A standard decorator runs before its
 * class has a name, and `self.constructor` may be a subclass, so the class is looked up from the calls. Undefined
 * for private methods, which no class shows, and where another decorator has wrapped ours.
 */
function definingClass(self: unknown, name: string | symbol, wrapped: unknown): string | undefined {
  for (let owner = self; isObject(owner); owner = Object.getPrototypeOf(owner)) {
    if (Object.getOwnPropertyDescriptor(owner, name)?.value === wrapped) return legacyOwner(owner)
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
