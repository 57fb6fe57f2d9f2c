// Isolated world of each frame: what an event carries from one world to the other. Chromium clones it on the way.
// Firefox shows each world a view of the other's object, which the page may not read and the relay not write:
// https://developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/Sharing_objects_with_page_scripts

/** Firefox's own, in content scripts alone: clones `value` into the world that `target` is of. */
type CloneInto = <Value>(value: Value, target: object) => Value

const { cloneInto } = globalThis as { cloneInto?: CloneInto }

/** The page's value as one of this world. Throws where it can't be cloned, as Chromium gives null. */
export function fromPage<Value>(value: Value): Value {
  return cloneInto ? cloneInto(value, globalThis) : value
}

/** A value of this world as one of the page's. */
export function toPage<Value>(value: Value): Value {
  return cloneInto ? cloneInto(value, window) : value
}
