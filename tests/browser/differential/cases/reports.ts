// Test (Node): cases, as text that runs in a page: what the browser reports to a page's ReportingObserver. The browser
// reports a deprecated feature once for each page, whichever of its frames use it.
import type { CaseSet } from '../case-set.ts'

/** `reports(type)`: the first report of that type that comes, and where the browser says it comes from. */
const REPORTS = `
const reports = (type, Observer = ReportingObserver) => new Promise(resolve => {
  const observer = new Observer(([{ type, url, body }]) => {
    observer.disconnect()
    resolve([type, url, body.id ?? body.featureId ?? body.effectiveDirective, body.sourceFile])
  }, { types: [type], buffered: true })
  observer.observe()
})`

export const reports: CaseSet = {
  'a synchronous request': `${REPORTS}
    const reported = reports('deprecation')
    const xhr = new XMLHttpRequest()
    xhr.open('GET', '/text', false)
    xhr.send()
    return reported`,
  'a synchronous request that a policy forbids': `${REPORTS}
    const frame = document.createElement('iframe')
    frame.allow = "sync-xhr 'none'"
    document.body.append(frame)
    const { XMLHttpRequest: Xhr, ReportingObserver: Observer } = frame.contentWindow
    const reported = reports('permissions-policy-violation', Observer)
    const xhr = new Xhr()
    xhr.open('GET', '/text', false)
    return [t.attempt(() => xhr.send()), await reported]`,
  'connections that CSP forbids': `
    const reports = []
    const observer = new ReportingObserver(list => {
      for (const { type, body } of list) reports.push([type, body.effectiveDirective, body.blockedURL, body.sourceFile])
    }, { types: ['csp-violation'] })
    observer.observe()
    const meta = document.createElement('meta')
    meta.httpEquiv = 'Content-Security-Policy'
    meta.content = "connect-src 'none'"
    document.head.append(meta)
    await t.settle(fetch('/text?twice'))
    await t.settle(fetch('/text?twice'))
    navigator.sendBeacon('/text?last')
    await t.until(() => reports.some(([, , url]) => url.endsWith('last')))
    return [reports.length, reports[0], reports.at(-1)]`,
}
