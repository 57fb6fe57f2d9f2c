// Runs in every world and touches none: what the page script says of a request in a word or a number. The sentence is
// put in its place elsewhere: sentences would be carried into every page.

/** Why a request gets no end, by number: the order is part of the wire. */
export const UNREADABLE = 1
export const UNTIMED = 2
export const GIVEN_UP = 3
export const UNTOLD = 4
export const OPAQUE = 5

export const END_UNKNOWN = [
  undefined,
  'the URL could not be read without running page code',
  'the browser times http: and https: requests only',
  'too many requests in flight',
  'Resource Timing tells no outcome of it',
  "the browser keeps an opaque response's outcome from the page",
] as const

/** Messages of errors that the page script makes. */
export const SENTENCES = {
  refused: 'the browser would not queue the beacon',
  timeout: "No response within the request's timeout",
  invalid: 'The URL is not valid',
  credentials: 'The URL holds credentials',
  network: 'Network error, or blocked by CORS: the browser tells no more',
} as const

export type PageWord = keyof typeof SENTENCES

/** The sentence for a word; any other text is left as it is. */
export function sentenceOf(text: string): string {
  return Object.hasOwn(SENTENCES, text) ? SENTENCES[text as PageWord] : text
}
