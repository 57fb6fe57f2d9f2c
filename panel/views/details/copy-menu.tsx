// Panel: the menu that copies the selected operation.
import { useSignal } from '@preact/signals'
import type { HttpDetail } from '../../../wire/operations.ts'
import { copyText } from '../../kit/clipboard.ts'
import { closePopup, PopupButton } from '../../kit/popup-button.tsx'
import { curlCommand, fetchCall } from './request-copies.ts'

/** @param copied as a session file has it. */
export function CopyMenu({ copied, http }: { copied: object; http: HttpDetail | undefined }) {
  const message = useSignal('')
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
        {item('JSON', JSON.stringify(copied, null, 2))}
        {http && item('cURL', curlCommand(http))}
        {http && item('fetch', fetchCall(http))}
        {http && <p>Headers, cookies and body are not included. Secrets are removed from the URL.</p>}
      </PopupButton>
    </>
  )
}
