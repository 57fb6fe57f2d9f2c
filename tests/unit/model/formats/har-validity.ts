// Test: what readers of HAR insist on: the specification, and what Chrome's and Firefox's importers take.
// http://www.softwareishard.com/blog/har-12-spec/

type Members = Record<string, unknown>

interface Entry extends Members {
  time: number
  request: Members
  response: Members & { content: Members }
  timings: Record<string, number>
}

const isText = (value: unknown): boolean => typeof value === 'string'
const isNumber = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value)
const isDate = (value: unknown): boolean => isText(value) && !Number.isNaN(Date.parse(value as string))

/** What is wrong with a HAR file; empty for one that every reader takes. */
export function harProblems(text: string): string[] {
  const problems: string[] = []
  const check = (what: string, condition: boolean): void => {
    if (!condition) problems.push(what)
  }
  const { log } = JSON.parse(text) as { log: { version: string; creator: Members; pages: Members[]; entries: Entry[] } }
  check('log.version', log.version === '1.2')
  check('log.creator', isText(log.creator.name) && isText(log.creator.version))
  check('log.pages', log.pages.length > 0)
  const pages = new Set<unknown>()
  for (const page of log.pages) {
    check(`page.startedDateTime ${page.startedDateTime}`, isDate(page.startedDateTime))
    check('page.id', isText(page.id))
    check('page.title', isText(page.title))
    check('page.pageTimings', typeof page.pageTimings === 'object' && page.pageTimings !== null)
    pages.add(page.id)
  }
  for (const [i, entry] of log.entries.entries()) {
    const { request, response, timings } = entry
    const at = (name: string, condition: boolean): void => check(`entries[${i}].${name}`, condition)
    at('pageref', pages.has(entry.pageref))
    at('startedDateTime', isDate(entry.startedDateTime))
    at('time', isNumber(entry.time) && entry.time >= 0)
    for (const name of ['method', 'url', 'httpVersion']) at(`request.${name}`, isText(request[name]))
    for (const name of ['statusText', 'httpVersion', 'redirectURL']) at(`response.${name}`, isText(response[name]))
    for (const name of ['cookies', 'headers']) {
      at(`request.${name}`, Array.isArray(request[name]))
      at(`response.${name}`, Array.isArray(response[name]))
    }
    at(`request.url ${request.url}`, URL.canParse(request.url as string))
    at('request.queryString', Array.isArray(request.queryString))
    for (const name of ['headersSize', 'bodySize']) {
      at(`request.${name}`, isNumber(request[name]))
      at(`response.${name}`, isNumber(response[name]))
    }
    at('response.status', Number.isInteger(response.status))
    at('response.content', isNumber(response.content.size) && isText(response.content.mimeType))
    at('cache', typeof entry.cache === 'object' && entry.cache !== null)
    at('_initiator', entry._initiator !== null)
    let sum = 0
    for (const name of ['blocked', 'dns', 'connect', 'send', 'wait', 'receive']) {
      const value = timings[name] as number
      const mayBeUnknown = name === 'blocked' || name === 'dns' || name === 'connect'
      at(`timings.${name}`, isNumber(value) && (value >= 0 || (value === -1 && mayBeUnknown)))
      sum += Math.max(0, value)
    }
    at(`timings: they add up to ${sum}, not ${entry.time}`, Math.abs(sum - entry.time) <= 0.001 + sum * 1e-12)
  }
  return problems
}
