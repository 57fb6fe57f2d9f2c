// Page's own world (MAIN): the name of the GraphQL operation that a request's body asks for. The name is an identifier.
// Nothing else of the body is kept or reported.
import { headOf } from '../../wire/head-of.ts'
import { match } from '../primordials/natives.ts'

/** Characters of a body that are looked at. Clients put the name or the query first. */
export const MAX_BODY_LENGTH = 16_000

const NAME = '([_A-Za-z]\\w{0,99})'
/** White space, plain or escaped in JSON. */
const SPACE = '(?:\\s|\\\\[nrt])'
const BY_NAME = new RegExp(`"operationName"\\s*:\\s*"${NAME}"`)
/** In a body that is JSON, or the GraphQL document itself. */
const BY_DOCUMENT = new RegExp(`(?:^|"query"\\s*:\\s*")${SPACE}*(?:query|mutation|subscription)${SPACE}+${NAME}(?!\\w)`)

/** Whether a URL looks like a GraphQL endpoint. */
export const isGraphql = (url: string): boolean => match(/graphql/, url) !== null

/** The part of a body that may have the name. Only strings are read, as that runs no code of the page. */
export function readGraphql(body: unknown): string | undefined {
  return typeof body === 'string' ? headOf(body, MAX_BODY_LENGTH) : undefined
}

export function graphqlName(body: string): string | undefined {
  return (match(BY_NAME, body) ?? match(BY_DOCUMENT, body))?.[1]
}
