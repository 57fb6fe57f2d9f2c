// Any world: the constructors that columns of numbers are made with.

/** Captured when this module is evaluated, as a page may replace the globals later. */
export const Columns = { ArrayBuffer, Uint8Array, Uint32Array, Float32Array, Float64Array }
