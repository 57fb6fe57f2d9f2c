// Model: why a page can't be recorded, and what to do about it.
import type { ClosedReason } from '../../wire/page-access.ts'

interface AccessText {
  title: string
  advice: string
}

const WEB_PAGE = 'Open a web page in this tab to record it.'

const TEXTS: Record<ClosedReason, AccessText> = {
  browser: { title: 'Browser pages can’t be recorded', advice: WEB_PAGE },
  store: { title: 'The extension store can’t be recorded', advice: WEB_PAGE },
  extension: { title: 'Pages of other extensions can’t be recorded', advice: WEB_PAGE },
  error: { title: 'This page didn’t load', advice: 'Reload it to record it.' },
  policy: {
    title: 'This site can’t be recorded',
    advice: 'A policy of your organization blocks extensions here. Your administrator can change it.',
  },
  withheld: { title: 'No access to this site', advice: 'Allow Perf to access the site to record it.' },
  source: { title: 'The source of a page can’t be recorded', advice: WEB_PAGE },
  siteless: {
    title: 'This page can’t be recorded',
    advice:
      'Blank pages and data: URLs aren’t supported. For local files, enable “Allow access to file URLs” in the extension’s settings.',
  },
  unknown: { title: 'This page can’t be recorded', advice: `The browser blocks extensions here. ${WEB_PAGE}` },
}

/** @param browserMessage is shown if the reason is unknown. */
export function accessText(reason: ClosedReason, browserMessage: string): AccessText {
  const text = TEXTS[reason]
  return reason === 'unknown' && browserMessage
    ? { ...text, advice: `${text.advice} Browser message: “${browserMessage}”` }
    : text
}
