// Panel: a cross that closes, or clears, what it stands in.
import { Icon } from './icon.tsx'

interface Props {
  /** The button's accessible name. */
  label: string
  title: string
  onClick(): void
}

export function CloseButton({ label, title, onClick }: Props) {
  return (
    <button type="button" class="tool" aria-label={label} title={title} onClick={onClick}>
      <Icon name="close" />
    </button>
  )
}
