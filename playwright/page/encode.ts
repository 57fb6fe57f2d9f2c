// Page's own world (MAIN): writes a batch as JSON, with typed arrays as base64 texts, running nothing that a page may have
// replaced since its start: neither `JSON.stringify`, which looks for `toJSON`, nor any iterator.
import { apply, bare, getOwnPropertyDescriptor, lengthOf, viewSize } from '../../injected/primordials/natives.ts'

const { stringify } = JSON
const { isView } = ArrayBuffer
const { isArray } = Array
const { keys } = Object
const { fromCharCode } = String
const NativeBytes = Uint8Array
const typedArray = Object.getPrototypeOf(Uint8Array).prototype as object
const member = (name: string) => getOwnPropertyDescriptor(typedArray, name)?.get as () => unknown
const [bufferOf, offsetOf] = [member('buffer'), member('byteOffset')]
const toBase64 = btoa

export function encode(value: unknown): string {
  if (typeof value === 'string') return stringify(value)
  if (typeof value === 'number') return value - value === 0 ? `${value}` : 'null'
  if (typeof value === 'boolean') return value ? 'true' : 'false'
  if (typeof value !== 'object' || value === null) return 'null'
  if (isView(value)) return `"${base64(value as Uint8Array)}"`
  return isArray(value) ? encodeArray(value) : encodeObject(value)
}

function encodeArray(list: readonly unknown[]): string {
  let text = '['
  for (let i = 0; i < list.length; i++) text += (i > 0 ? ',' : '') + encode(list[i])
  return `${text}]`
}

/** Members that are undefined are left out. */
function encodeObject(object: object): string {
  const names = bare(keys(object))
  let text = ''
  for (let i = 0; i < names.length; i++) {
    const name = names[i] as string
    const value = (object as Record<string, unknown>)[name]
    if (value !== undefined) text += `${text && ','}${stringify(name)}:${encode(value)}`
  }
  return `{${text}}`
}

function base64(view: Uint8Array): string {
  const buffer = apply(bufferOf, view, []) as ArrayBuffer
  const bytes = new NativeBytes(buffer, apply(offsetOf, view, []) as number, viewSize(view) as number)
  let binary = ''
  for (let i = 0; i < lengthOf(bytes); i++) binary += fromCharCode(bytes[i] as number)
  return toBase64(binary)
}
