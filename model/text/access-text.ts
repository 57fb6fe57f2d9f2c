// Model: why a page can't be recorded, and what to do about it.
import type { ClosedReason } from '../../wire/page-access.ts'

interface AccessText {
  title: string
  advice: string
}

const WEB_PAGE = 'Open a web page in this tab to record it.'

const TEXTS: Record<ClosedReason, AccessText> = {
  browser: { title: 'A page of the browser itself', advice: `No extension may run in it. ${WEB_PAGE}` },
  store: { title: 'The extension store', advice: `No extension may run in its pages. ${WEB_PAGE}` },
  extension: { title: 'A page of another extension', advice: `Extensions may not run in each other. ${WEB_PAGE}` },
  error: {
    title: 'This page did not load',
    advice: 'The browser shows an error in its place. Reload it to record it.',
  },
  policy: {
    title: 'Recording is not allowed on this site',
    advice: 'A policy of your organization lets no extension run in it. Its administrator can change that.',
  },
  withheld: {
    title: 'No access to this site',
    advice: 'The browser lets Perf run only in sites that you allow. Allow this one, and recording starts at once.',
  },
  source: { title: 'The source of a page', advice: `Nothing runs in it. ${WEB_PAGE}` },
  siteless: {
    title: 'A page without a site',
    advice:
      'A blank page, or one that is its own data, cannot be recorded. For local files turn on “Allow access to file URLs” among the extension’s details.',
  },
  unknown: { title: 'This page cannot be recorded', advice: `The browser lets no extension run in it. ${WEB_PAGE}` },
}

/** @param browserMessage is shown if the reason is unknown. */
export function accessText(reason: ClosedReason, browserMessage: string): AccessText {
  const text = TEXTS[reason]
  return reason === 'unknown' && browserMessage
    ? { ...text, advice: `${text.advice} It says: “${browserMessage}”` }
    : text
}
