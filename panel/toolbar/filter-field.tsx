// Panel: the filter field, with its completions and its errors.
import { untracked, useComputed, useSignal, useSignalEffect } from '@preact/signals'
import { useId, useLayoutEffect, useRef } from 'preact/hooks'
import { type Completion, completionAt, type Option } from '../../model/filter/complete.ts'
import { createOccurringValues } from '../../model/filter/occurring-values.ts'
import { usePanel } from '../app/panel-context.ts'
import { CloseButton } from '../kit/buttons.tsx'
import { focusList } from '../kit/focus.ts'
import { Icon } from '../kit/icon.tsx'
import { FilterRemarks } from './filter-remarks.tsx'

export function FilterField() {
  const { store, view, filter } = usePanel()
  const input = useRef<HTMLInputElement>(null)
  const listId = useId()
  const remarksId = useId()
  const values = useComputed(() => createOccurringValues(store.session.value))
  const completion = useSignal<Completion | null>(null)
  const nothingMatches = useComputed(
    () => view.matches.value.length === 0 && store.session.value.operations.length > 0 && !view.analysing.value,
  )
  /** The index of the option that Enter accepts; -1 for none. */
  const active = useSignal(-1)
  const caret = useSignal(0)
  /** Whether completions are shown. When the session grows, there may be more of them. */
  const completing = useSignal(false)

  /** @param requested whether the user asked for completions, instead of just typing */
  const complete = (requested: boolean): void => {
    caret.value = input.current?.selectionStart ?? 0
    const text = filter.text.peek()
    completing.value = requested || (text[caret.value - 1] ?? ' ') !== ' '
    completion.value = completing.value ? completionAt(text, caret.value, values.value) : null
    active.value = completion.value && (requested || completion.value.partial) ? 0 : -1
  }

  /** Like `complete`, but the same option stays active. */
  const refresh = (): void => {
    const previous = completion.value
    const chosen = previous?.options[active.value]
    complete(previous !== null)
    if (previous) active.value = completion.value?.options.findIndex(({ insert }) => insert === chosen?.insert) ?? -1
  }

  useSignalEffect(() => {
    store.version.value
    if (completing.value) untracked(refresh)
  })

  const accept = ({ insert }: Option): void => {
    const { from, to } = completion.value ?? { from: 0, to: 0 }
    const text = filter.text.peek()
    const rest = text.slice(to)
    const start = text.slice(0, from) + insert
    filter.text.value = start + (insert.endsWith(' ') ? rest.trimStart() : rest)
    if (!input.current) return
    input.current.value = filter.text.value
    input.current.setSelectionRange(start.length, start.length)
    complete(false)
  }

  const onKeyDown = (event: KeyboardEvent): void => {
    // These keys belong to the input method.
    if (event.isComposing) return
    const options = completion.value?.options ?? []
    const option = options[active.value]
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0 && options.length === 0) complete(true)
    else if (step !== 0)
      active.value = (Math.max(active.value, step < 0 ? 0 : -1) + step + options.length) % options.length
    else if ((event.key === 'Enter' || event.key === 'Tab') && option && !event.shiftKey) accept(option)
    else if (event.key === 'Escape' && options.length > 0) close()
    else if (event.key === 'Escape' && filter.text.value !== '') clear()
    else if (event.key === 'Escape') focusList()
    else return
    event.preventDefault()
  }

  const close = (): void => {
    completion.value = null
    completing.value = false
  }

  const clear = (): void => {
    filter.text.value = ''
    close()
  }

  const open = completion.value !== null
  const { errors: all, hints } = filter.parsed.value
  // A term that is still being typed is not an error yet.
  const errors = all.filter(({ to, unfinished }) => !(unfinished && to === caret.value))
  const remarks = nothingMatches.value ? [...errors, ...hints] : errors
  return (
    <div class={filter.text.value === '' ? 'filter' : 'filter active'}>
      <Icon name="filter" />
      <input
        ref={input}
        type="text"
        id="filter"
        role="combobox"
        aria-label="Filter"
        aria-autocomplete="list"
        aria-expanded={open}
        aria-controls={listId}
        aria-activedescendant={open && active.value >= 0 ? `${listId}-${active.value}` : undefined}
        aria-invalid={errors.length > 0}
        aria-describedby={remarks.length > 0 ? remarksId : undefined}
        placeholder="Filter"
        title="Filter by text, /regular expression/, or key:value such as kind:fetch duration>300 -status:200"
        spellcheck={false}
        autocomplete="off"
        value={filter.text.value}
        onInput={event => {
          filter.text.value = event.currentTarget.value
          complete(false)
        }}
        onKeyDown={onKeyDown}
        onBlur={() => {
          close()
          caret.value = -1
        }}
      />
      {filter.text.value !== '' && (
        <CloseButton
          label="Clear filter"
          title="Clear filter"
          onClick={() => {
            clear()
            input.current?.focus()
          }}
        />
      )}
      <CompletionList id={listId} options={completion.value?.options ?? []} active={active.value} accept={accept} />
      <FilterRemarks id={remarksId} text={filter.text.value} remarks={remarks} hidden={open} />
    </div>
  )
}

interface CompletionListProps {
  id: string
  options: readonly Option[]
  /** The index of the option that Enter accepts; -1 for none. */
  active: number
  accept(option: Option): void
}

/** The focus stays in the field. */
function CompletionList({ id, options, active, accept }: CompletionListProps) {
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
      // Otherwise the field loses the focus, and the list disappears before the click.
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
