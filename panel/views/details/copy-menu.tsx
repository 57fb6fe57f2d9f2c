// Panel: the menu that copies the selected operation.
import { useSignal } from '@preact/signals'
import type { SessionOperation } from '../../../session/format.ts'
import { copyText } from '../../kit/clipboard.ts'
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
