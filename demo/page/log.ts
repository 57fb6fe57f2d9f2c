// World: the demo page. The visible list of what happened, newest first.

/** More lines than this push the oldest out: the self-driving mode never ends. */
const MAX_LINES = 60

export type Tone = 'ok' | 'failed' | 'note'
export type Log = (text: string, tone?: Tone) => void

export function createLog(list: Element | null): Log {
  return (text, tone = 'ok') => {
    if (!list) return
    const line = document.createElement('li')
    line.dataset.tone = tone
    const time = document.createElement('time')
    time.textContent = new Date().toLocaleTimeString()
    line.append(time, text)
    list.prepend(line)
    while (list.childElementCount > MAX_LINES) list.lastElementChild?.remove()
  }
}
