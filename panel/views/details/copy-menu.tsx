// Panel: the menu that copies the selected operation.
import { useSignal } from '@preact/signals'
import type { SessionOperation } from '../../../session/format.ts'
import { closePopup, PopupButton } from '../../kit/popup-button.tsx'
import { curlCommand, fetchCall } from './request-copies.ts'

export function CopyMenu({ operation }: { operation: SessionOperation }) {
  const message = useSignal('')
  const { http } = operation
  const item = (name: string, text: string | undefined) =>
    text !== undefined && (
      <button
        type="button"
        class="menu-item"
        onClick={async event => {
          closePopup(event)
          message.value = ''
          message.value = (await copyText(text)) ? `Copied as ${name}` : 'Couldn’t copy to the clipboard'
        }}
      >
        Copy as {name}
      </button>
    )
  return (
    <>
      <output class="copied">{message.value}</output>
      <PopupButton class="tool labelled" title="Copy operation" button="Copy">
        {item('JSON', JSON.stringify(operation, null, 2))}
        {http && item('cURL', curlCommand(http))}
        {http && item('fetch', fetchCall(http))}
        {http && <p>Headers, cookies and body are not included. Secrets are removed from the URL.</p>}
      </PopupButton>
    </>
  )
}

/** DevTools may deny the Clipboard API to its panels. @returns whether the text was copied */
async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return copyBySelection(text)
  }
}

function copyBySelection(text: string): boolean {
  const focused = document.activeElement
  const area = document.createElement('textarea')
  area.value = text
  area.className = 'visually-hidden'
  document.body.append(area)
  area.select()
  const copied = document.execCommand('copy')
  area.remove()
  if (focused instanceof HTMLElement) focused.focus()
  return copied
}
