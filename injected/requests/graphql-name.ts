// Page's own world (MAIN): the name of the GraphQL operation that a request's body asks for. Of the body nothing but
// that name, which is an identifier, is kept or told.
import { headOf } from '../../wire/head-of.ts'
import { match } from '../primordials/natives.ts'

/** Characters of a body that are looked at: clients put the name first, or the query. */
export const MAX_BODY_LENGTH = 16_000

const NAME = '([_A-Za-z]\\w{0,99})'
/** White space, as it is and as JSON has it. */
const SPACE = '(?:\\s|\\\\[nrt])'
const BY_NAME = new RegExp(`"operationName"\\s*:\\s*"${NAME}"`)
/** A body that is JSON, or the document itself. */
const BY_DOCUMENT = new RegExp(`(?:^|"query"\\s*:\\s*")${SPACE}*(?:query|mutation|subscription)${SPACE}+${NAME}(?!\\w)`)

/** Whether GraphQL is spoken there. */
export const isGraphql = (url: string): boolean => match(/graphql/, url) !== null

/** What may name it, of a body that is sent there: a string. Reading that runs no code. */
export function readGraphql(body: unknown): string | undefined {
  return typeof body === 'string' ? headOf(body, MAX_BODY_LENGTH) : undefined
}

export function graphqlName(body: string): string | undefined {
  return (match(BY_NAME, body) ?? match(BY_DOCUMENT, body))?.[1]
}
