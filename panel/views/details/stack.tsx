// Panel: a stack. Its source locations open in the Sources panel.
import { stackFrames } from '../../../model/text/stack-frames.ts'
import { usePanel } from '../../app/panel-context.ts'

export function Stack({ text }: { text: string }) {
  const { openSource } = usePanel()
  return (
    <pre class="stack">
      {stackFrames(text).map(({ before, place, after }, i) => (
        <span class="stack-line" key={i}>
          {before}
          {place && openSource ? (
            <button type="button" class="link" title="Open in Sources panel" onClick={() => openSource(place)}>
              {place.text}
            </button>
          ) : (
            place?.text
          )}
          {after}
        </span>
      ))}
    </pre>
  )
}
