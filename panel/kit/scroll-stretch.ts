// Panel: a list that is longer than an element can be high scrolls faster than it is moved. Touches no DOM.

/** CSS pixels: browsers make no element higher than some 33 million. */
export const MAX_HEIGHT = 30_000_000

export interface ScrollStretch {
  /** Of the element that stands for all rows: CSS pixels. */
  height: number
  /** Pixels of the list that go by with one that is scrolled: 1 for all but the longest lists. */
  factor: number
}

/**
 * Both ends of the list stand where scrolling ends.
 * @param total the height of all rows, `view` of those that are seen at once: CSS pixels
 */
export function scrollStretch(total: number, view: number, most = MAX_HEIGHT): ScrollStretch {
  const height = Math.min(total, most)
  return { height, factor: height > view ? (total - view) / (height - view) : 1 }
}
