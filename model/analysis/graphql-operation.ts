// Panel: the name of the GraphQL operation that a request's URL tells. Of a POST it stands in the body: the page script
// tells the name where the body is a string. Touches no DOM.

const NAME = /^[_a-z][_a-z\d]*$/i
/** The beginning of a document with one named operation; comments and fragments before it are rare in a URL. */
const DOCUMENT = /^\s*(?:query|mutation|subscription)\s+([_a-z][_a-z\d]*)/i
const PARAMETER = /[?&](operationName|query)=([^&#]*)/g
/** Characters of a parameter that are looked at. */
const MAX_CHARACTERS = 1_000

/** By `operationName=X`, else by `query=query X …`, as GraphQL over HTTP has them. */
export function graphqlOperation(url: string): string | undefined {
  let fromDocument: string | undefined
  for (const [, key, raw = ''] of url.matchAll(PARAMETER)) {
    const value = decoded(raw.slice(0, MAX_CHARACTERS))
    if (key === 'operationName' && NAME.test(value)) return value
    if (key === 'query') fromDocument ??= DOCUMENT.exec(value)?.[1]
  }
  return fromDocument
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value.replaceAll('+', ' '))
  } catch {
    // Cut in the middle of a character, or none of its kind.
    return value.replace(/\+|%20|%0A/g, ' ')
  }
}
