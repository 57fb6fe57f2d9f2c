// World: the demo page. One request the old way.

import { failed, ok, type Result } from './action.ts'

export function xhr(path: string): Promise<Result> {
  return new Promise(resolve => {
    const request = new XMLHttpRequest()
    request.open('GET', path)
    request.onload = () => resolve(ok(`XHR ${path} → ${request.status}`))
    request.onerror = () => resolve(failed(`XHR ${path} → network error`))
    request.send()
  })
}
