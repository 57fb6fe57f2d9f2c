// The library, in any JavaScript environment: what the calls of a method give, as far as the method shows it.
import { className } from './plain-data.ts'

// biome-ignore lint/complexity/noBannedTypes: a decorator takes whatever can be called
export type Method = Function

/**
 * `async`: each call makes a promise of its own, which nobody else can know. `generator`: a call returns before any of
 * the method's code has run.
 */
export type MethodKind = 'async' | 'generator' | 'other'

/** What compilers make of async methods and generators: one call of a helper, which all of the body is handed to. */
const COMPILED = /^[^{]*\{\s*(?:var \w+ ?= ?\w+;\s*)?return \(?(?:0, ?)?(?:[\w$]+\.)?_+(\w+?)\d*(?:\.default)?\)?\(/

/** The helpers of TypeScript, of esbuild, and of Babel, SWC and Oxc; without underscores, in lower case. */
const HELPERS: Readonly<Record<string, MethodKind>> = {
  __proto__: null as never,
  awaiter: 'async',
  async: 'async',
  asynctogenerator: 'async',
  generator: 'generator',
  asyncgenerator: 'generator',
  wrapasyncgenerator: 'generator',
}

/**
 * Minified code hides the helpers: what they made is of the kind `other` then.
 *
 * The class alone does not tell that a method is async: a function that remembers promises may have taken over the
 * prototype of the async one that it calls (https://github.com/sindresorhus/mimic-function).
 */
export function kindOf(method: Method): MethodKind {
  const text = Function.prototype.toString.call(method)
  const name = className(method)
  if (name.includes('Generator')) return 'generator'
  if (name === 'AsyncFunction' && /^async\b/.test(text)) return 'async'
  const helper = COMPILED.exec(text)?.[1]?.replaceAll('_', '').toLowerCase()
  return HELPERS[helper ?? ''] ?? 'other'
}
