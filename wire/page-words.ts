// Runs in every world and touches none: what the page script says of a request in a word. The relay puts the sentence
// in its place: sentences would be carried into every page.

export const SENTENCES = {
  unreadable: 'the URL could not be read without running page code',
  timing: 'the browser times http: and https: requests only',
  waiting: 'too many requests in flight',
  outcome: 'Resource Timing tells no outcome of it',
  opaque: "the browser keeps an opaque response's outcome from the page",
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
