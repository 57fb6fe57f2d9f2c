// Panel: what the filter's field offers to complete. The focus stays in the field.
import { useLayoutEffect, useRef } from 'preact/hooks'
import type { Option } from '../../model/filter/complete.ts'

interface Props {
  id: string
  options: readonly Option[]
  /** The number of the option that Enter takes; -1 for none. */
  active: number
  accept(option: Option): void
}

export function CompletionList({ id, options, active, accept }: Props) {
  const list = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' })
  }, [active, options])

  return (
    <div
      ref={list}
      id={id}
      role="listbox"
      aria-label="Completions"
      class="completions"
      hidden={options.length === 0}
      // The field would lose the focus, and the list go before the click.
      onPointerDown={event => event.preventDefault()}
    >
      {options.map((option, i) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the focus and takes the keys
        // biome-ignore lint/a11y/useFocusableInteractive: as above
        <div
          key={option.insert}
          id={`${id}-${i}`}
          role="option"
          aria-selected={i === active}
          onClick={() => accept(option)}
        >
          <span>{option.label}</span>
          {option.about && <small>{option.about}</small>}
        </div>
      ))}
    </div>
  )
}
