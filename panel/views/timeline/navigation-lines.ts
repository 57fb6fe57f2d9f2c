// Panel: lines over the bars of the timeline where the page navigated, as in the charts: what runs on after one may be left over.
import { navigationTimes } from '../../../model/analysis/navigation-times.ts'
import type { SessionModel } from '../../../model/session/session-model.ts'
import type { TimeRange } from '../../app/stores/view-store.ts'

/** More lines than this could not be distinguished. */
const MAX_LINES = 200

/** @param track a cell that is as wide as the bars' tracks, and has the same place. */
export function createNavigationLines(host: HTMLElement, track: HTMLElement) {
  const lines = document.createElement('div')
  lines.className = 'navigation-lines'
  lines.setAttribute('aria-hidden', 'true')
  host.append(lines)
  return {
    draw(session: SessionModel, { from, to }: TimeRange): void {
      const shown: HTMLElement[] = []
      for (const time of navigationTimes(session)) {
        if (time < from || time > to || shown.length === MAX_LINES) continue
        const line = document.createElement('i')
        line.style.left = `${((time - from) / (to - from)) * 100}%`
        shown.push(line)
      }
      lines.style.left = `${track.offsetLeft}px`
      lines.style.width = `${track.offsetWidth}px`
      // Below the times of the ruler, which they would cross.
      lines.style.top = `${track.offsetHeight}px`
      lines.replaceChildren(...shown)
    },
    stop(): void {
      lines.remove()
    },
  }
}
