// The library, in any JavaScript environment: the method decorator, legacy and standard.

import { PerformanceMonitor } from './performance-monitor.ts'
import { className } from './plain-data.ts'

// biome-ignore lint/complexity/noBannedTypes: a decorator takes whatever can be called
type Method = Function

/** Arguments that are summarised; the rest are counted. */
const MAX_ARGUMENTS = 10
/** Characters kept of a string argument. */
const MAX_ARGUMENT_LENGTH = 100

export interface MonitoredOptions {
  /**
   * Makes the metadata of a call from its arguments. By default primitives are kept (long strings cut) and
   * objects are named by their class, so that tracking keeps no object of the caller's alive.
   */
  metadata?: (...args: never[]) => object | undefined
}

/** Works with `experimentalDecorators` (target, key, descriptor) and with standard decorators (method, context). */
export interface MonitoredDecorator {
  <This, Args extends unknown[], Result>(
    method: (this: This, ...args: Args) => Result,
    context: ClassMethodDecoratorContext<This, (this: This, ...args: Args) => Result>,
  ): (this: This, ...args: Args) => Result
  <T>(target: object, key: string | symbol, descriptor: TypedPropertyDescriptor<T>): TypedPropertyDescriptor<T>
}

/**
 * Decorates a method: each call is tracked as an operation. A synchronous method stays synchronous; of a
 * method that returns a promise, the promise's end is the operation's.
 *
 * @param operationName by default `Class.method`, by the class that defines the method.
 */
export function monitored(operationName?: string, options: MonitoredOptions = {}): MonitoredDecorator {
  const decorator = (target: Method | object, keyOrContext: unknown, descriptor?: PropertyDescriptor): unknown => {
    if (!isDecoratorContext(keyOrContext)) {
      return {
        ...descriptor,
        value: wrap(descriptor?.value, () => legacyName(target, keyOrContext), options, operationName),
      }
    }
    const { name } = keyOrContext
    const wrapped = wrap(
      target,
      self => `${definingClass(self, name, wrapped)}.${String(name)}`,
      options,
      operationName,
    )
    return wrapped
  }
  return decorator as MonitoredDecorator
}

function wrap(
  method: unknown,
  defaultName: (self: unknown) => string,
  { metadata = summarize }: MonitoredOptions,
  name?: string,
): Method {
  if (typeof method !== 'function') throw new TypeError('@monitored decorates methods only')
  const wrapped = function (this: unknown, ...args: never[]): unknown {
    name ??= defaultName(this)
    return PerformanceMonitor.getInstance().trackCall(name, () => method.apply(this, args), safely(metadata, args))
  }
  for (const key of ['name', 'length']) {
    Object.defineProperty(wrapped, key, { ...Object.getOwnPropertyDescriptor(method, key) })
  }
  return wrapped
}

function safely(metadata: (...args: never[]) => object | undefined, args: never[]): object | undefined {
  try {
    return metadata(...args)
  } catch {
    return { '[metadata]': 'the metadata function threw' }
  }
}

function summarize(...args: unknown[]): object | undefined {
  if (args.length === 0) return undefined
  const shown = args.slice(0, MAX_ARGUMENTS).map(summary)
  return { arguments: args.length > MAX_ARGUMENTS ? [...shown, `[${args.length - MAX_ARGUMENTS} more]`] : shown }
}

function summary(value: unknown): unknown {
  if (typeof value === 'string')
    return value.length > MAX_ARGUMENT_LENGTH ? `${value.slice(0, MAX_ARGUMENT_LENGTH)}…` : value
  if (typeof value === 'function') return '[function]'
  if (typeof value !== 'object' || value === null) return value
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
function legacyName(target: unknown, key: unknown): string {
  const owner = typeof target === 'function' ? target.name : className(Object.create(target as object))
  return `${owner}.${String(key)}`
}

/**
 * The name of the class whose method `wrapped` is, for a call on `self`. A standard decorator runs before its
 * class has a name, and `self.constructor` may be a subclass, so the class is looked up from the first call.
 */
function definingClass(self: unknown, name: string | symbol, wrapped: unknown): string {
  if (typeof self === 'function') return staticOwner(self, name, wrapped)
  if (typeof self !== 'object' || self === null) return 'Object'
  for (let owner: unknown = Object.getPrototypeOf(self); owner; owner = Object.getPrototypeOf(owner)) {
    if (Object.getOwnPropertyDescriptor(owner, name)?.value === wrapped) return className(Object.create(owner))
  }
  return className(self)
}

function staticOwner(self: Method, name: string | symbol, wrapped: unknown): string {
  for (let owner: unknown = self; typeof owner === 'function'; owner = Object.getPrototypeOf(owner)) {
    if (Object.getOwnPropertyDescriptor(owner, name)?.value === wrapped) return owner.name
  }
  return self.name
}
