// Panel: copies a report as Markdown, for an issue, a pull request or a coding agent.
import { useSignal } from '@preact/signals'
import { copyText } from './clipboard.ts'

export function CopyButton({ text, title }: { text(): string; title: string }) {
  const message = useSignal('')
  return (
    <>
      <button
        type="button"
        class="tool labelled"
        title={title}
        onClick={async () => {
          message.value = ''
          message.value = (await copyText(text())) ? 'Copied' : 'Couldn’t copy to the clipboard'
        }}
      >
        Copy as Markdown
      </button>
      <output class="copied">{message.value}</output>
    </>
  )
}
