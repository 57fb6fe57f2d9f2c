// Model: texts for the snapshots, long tasks, navigations, page events and gaps in the charts.

import type { SessionGap } from '../../session/format.ts'
import type { ChartEvent } from '../analysis/events-at.ts'
import type { Formatters } from './formatters.ts'
import { lostText, reasonText } from './gap-text.ts'

export interface EventText {
  title: string
  text: string
}

interface Session {
  /** Epoch milliseconds of the session's start. */
  first: number
  /** The resolution of the page's timer in milliseconds. */
  resolution: number
}

export function eventText(event: ChartEvent, { first, resolution }: Session, formatters: Formatters): EventText {
  const moment = (time: number): string => formatters.moment(time - first)
  switch (event.type) {
    case 'snapshot': {
      const { label, time, usedBytes } = event.snapshot
      const size = usedBytes === undefined ? 'size unknown' : `${formatters.bytes(usedBytes)} used`
      return {
        title: label || 'Snapshot',
        text: `${event.snapshot.settled ? 'after a collection' : 'snapshot'} · ${moment(time)} · ${size}`,
      }
    }
    case 'long-task': {
      const { start, duration } = event
      return { title: 'Long task', text: `from ${moment(start)} · ${formatters.duration(duration, resolution)}` }
    }
    case 'navigation': {
      const { url, navigationType, time } = event.navigation
      return { title: url, text: `navigation (${navigationType}) · ${moment(time)}` }
    }
    case 'page-event': {
      const { type, start, duration, name } = event.pageEvent
      const span = duration > 0 ? ` · ${formatters.duration(duration, resolution)}` : ''
      const text = `${moment(start)}${span}`
      if (type === 'visibility') return { title: `Page ${name}`, text }
      if (type === 'soft-navigation') return { title: name, text: `soft navigation · ${text}` }
      if (type === 'interaction') return { title: `Interaction: ${name}`, text }
      return { title: 'Long animation frame', text: name ? `${text} · ${name}` : text }
    }
    case 'gap':
      return { title: sentence(reasonText(event.gap.reason)), text: gapText(event.gap, moment, formatters) }
  }
}

function gapText(gap: SessionGap, moment: (time: number) => string, formatters: Formatters): string {
  const { startTime, endTime, reason } = gap
  const span = endTime === undefined ? `since ${moment(startTime)}` : `${moment(startTime)} – ${moment(endTime)}`
  // Nothing was lost in a pause: it was not to be recorded.
  return reason === 'paused' ? span : `${sentence(lostText(gap, formatters))} · ${span}`
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
