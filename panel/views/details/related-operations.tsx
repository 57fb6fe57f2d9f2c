// Panel: the selected operation's parent and children, each the way to itself.
import { NO_RELATIVES, type Relatives, relatives } from '../../../model/analysis/relatives.ts'
import { type PanelParts, usePanel } from '../../app/panel-context.ts'
import { Field, Section } from '../../kit/section.tsx'
import { createSlicedResult, type SlicedResult } from '../../kit/sliced-result.ts'
import { useFocusRestore } from '../../kit/use-focus-restore.ts'
import { durationText } from '../operations/operation-columns.ts'

interface Props {
  /** Of the operation that is selected. */
  parentId: string | undefined
  relatives: Relatives
}

export function RelativesSection({ parentId, relatives: { parent, children, childCount } }: Props) {
  const parts = usePanel()
  if (parentId === undefined && childCount === 0) return null
  return (
    <Section title={childCount === 0 ? 'Parent' : parentId === undefined ? 'Children' : 'Parent and children'}>
      {parentId !== undefined && (
        <Field name="Parent">{parent === null ? `${parentId}, which is not there` : <Relative row={parent} />}</Field>
      )}
      {children.map(child => (
        <Field key={child} name="Child">
          <Relative row={child} />
        </Field>
      ))}
      {childCount > children.length && (
        <Field name="">and {parts.formatters.count(childCount - children.length)} more</Field>
      )}
    </Section>
  )
}

function Relative({ row }: { row: number }) {
  const { store, view, formatters } = usePanel()
  const session = store.session.value
  const button = useFocusRestore<HTMLButtonElement>()
  return (
    <>
      <button ref={button} type="button" class="link" onClick={() => (view.selected.value = row)}>
        {session.operations.nameOf(row)}
      </button>{' '}
      {durationText(session, row, formatters)}
    </>
  )
}

export function createRelatives({ store, view }: PanelParts): SlicedResult<Relatives> {
  return createSlicedResult({
    inputs: () => ({ session: store.session.value, row: view.selected.value }),
    version: store.version,
    work: ({ session, row }) => relatives(session.operations, row),
    initial: NO_RELATIVES,
  })
}
