// Panel: a short message at the lower edge of the tab, which screen readers speak.

/** Milliseconds that a message stays. */
const SHOWN_FOR = 3_000

let output: HTMLOutputElement | undefined
let timer: ReturnType<typeof setTimeout> | undefined

export function announce(text: string): void {
  if (!output) {
    output = document.createElement('output')
    output.className = 'announcement'
    document.body.append(output)
  }
  output.textContent = text
  clearTimeout(timer)
  timer = setTimeout(() => {
    if (output) output.textContent = ''
  }, SHOWN_FOR)
}
