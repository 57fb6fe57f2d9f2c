// The library, in any JavaScript environment: whether a method is async or a generator, also when it was compiled.
import { className } from './plain-data.ts'

// biome-ignore lint/complexity/noBannedTypes: a decorator takes whatever can be called
export type Method = Function

/**
 * `async`: each call creates a promise that only its caller gets. `generator`: a call returns before any code of the
 * method has run.
 */
export type MethodKind = 'async' | 'generator' | 'other'

/** Compilers turn async methods and generators into a single call of a helper, which gets the whole body. */
const COMPILED = /^[^{]*\{\s*(?:var \w+ ?= ?\w+;\s*)?return \(?(?:0, ?)?(?:[\w$]+\.)?_+(\w+?)\d*(?:\.default)?\)?\(/

/** Helpers of TypeScript, esbuild, Babel, SWC and Oxc, in lower case and without underscores. */
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
 * In minified code the helpers have other names, so compiled methods are of the kind `other` there.
 *
 * Being an AsyncFunction is not enough: a memoising wrapper may have copied the prototype of the async function that it
 * calls (https://github.com/sindresorhus/mimic-function), and returns the same promise again.
 */
export function kindOf(method: Method): MethodKind {
  const text = Function.prototype.toString.call(method)
  const name = className(method)
  if (name.includes('Generator')) return 'generator'
  if (name === 'AsyncFunction' && /^async\b/.test(text)) return 'async'
  const helper = COMPILED.exec(text)?.[1]?.replaceAll('_', '').toLowerCase()
  return HELPERS[helper ?? ''] ?? 'other'
}
