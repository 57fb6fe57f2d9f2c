// Panel: one insight: a line, and below it what it is based on once it is open.
import { useId } from 'preact/hooks'
import { timeText } from '../../../model/insights/amounts.ts'
import { type DismissalScope, dismissalOf } from '../../../model/insights/dismissals.ts'
import type { Insight } from '../../../model/insights/insight.ts'
import { CONFIDENCE_TEXT, type InsightLine, lineOf } from '../../../model/insights/insight-line.ts'
import { insightsMarkdown } from '../../../model/insights/insights-markdown.ts'
import { ruleOf } from '../../../model/insights/rules.ts'
import { selectInsights } from '../../../model/insights/select-insights.ts'
import { usePanel } from '../../app/panel-context.ts'
import type { Found } from '../../app/stores/insights-store.ts'
import { CopyButton } from '../../kit/copy-button.tsx'
import { focusList } from '../../kit/focus.ts'
import { Icon } from '../../kit/icon.tsx'
import { closePopup, PopupButton } from '../../kit/popup-button.tsx'
import { Stack } from '../details/stack.tsx'
import { showEvidence } from './evidence.tsx'

interface Props {
  insight: Insight
  found: Found
}

export function InsightItem({ insight, found }: Props) {
  const { open } = usePanel().insights
  const id = useId()
  const isOpen = open.value === insight.key
  return (
    <li class="insight">
      <h3>
        <button
          type="button"
          class="insight-line"
          aria-expanded={isOpen}
          aria-controls={isOpen ? id : undefined}
          onClick={() => (open.value = isOpen ? null : insight.key)}
        >
          <Icon name="open" />
          <LineParts {...lineOf(insight)} />
        </button>
      </h3>
      {isOpen && (
        <div class="insight-body" id={id}>
          <Body insight={insight} found={found} />
        </div>
      )}
    </li>
  )
}

/** What, where, up to how much, how sure. */
export function LineParts({ what, where, amount, sure }: InsightLine) {
  return (
    <>
      <span class="what">{what}</span>
      <span class="where" title={where}>
        {where}
      </span>
      <span class="amount">{amount}</span>
      <span class="sure" data-sure={sure} title={CONFIDENCE_TEXT[sure]}>
        {sure}
      </span>
    </>
  )
}

function Body({ insight, found }: Props) {
  const { sentence, remedy, caveats, callSite, partOf, savedMs, kind, confidence } = insight
  const { rule, guards } = ruleOf(kind)
  const other = partOf === undefined ? undefined : found.insights.ranked[partOf - 1]
  return (
    <>
      <p class="fact">{sentence}</p>
      <p>{remedy}</p>
      <Steps insight={insight} found={found} />
      <h4>What speaks against it</h4>
      <ul>
        <li>{CONFIDENCE_TEXT[confidence]}</li>
        {caveats.map(caveat => (
          <li key={caveat}>{caveat}</li>
        ))}
        {savedMs > 0 && (
          <li>Up to {timeText(savedMs)} is an upper bound. Savings of several insights can’t be added up.</li>
        )}
        {other && <li>It would save the same time as “{headline(other)}”.</li>}
      </ul>
      {callSite && (
        <>
          <h4>Initiator</h4>
          <Stack text={callSite.join('\n')} />
        </>
      )}
      <h4>Rule ({kind})</h4>
      <p>
        {rule} {guards}
      </p>
    </>
  )
}

function headline(insight: Insight): string {
  const { what, where } = lineOf(insight)
  return `${what}: ${where}`
}

/** What can be done with an insight: look at its operations, copy it, dismiss it. */
function Steps({ insight, found }: Props) {
  const parts = usePanel()
  const { rows } = insight
  const count = `${rows.length.toLocaleString('en')} operation${rows.length === 1 ? '' : 's'}`
  const title = headline(insight)
  const markdown = (): string =>
    insightsMarkdown(
      selectInsights(found.insights, each => each === insight),
      { title, session: found.session },
    )
  return (
    <div class="insight-steps">
      {rows.length > 0 && (
        <>
          <button type="button" class="action" onClick={() => showEvidence(parts, found, insight, title, 'operations')}>
            Show {count}
          </button>
          <button type="button" class="action" onClick={() => showEvidence(parts, found, insight, title, 'timeline')}>
            Show in Timeline
          </button>
        </>
      )}
      <DismissMenu insight={insight} />
      <CopyButton text={markdown} title="Copy this insight as Markdown" />
    </div>
  )
}

const SCOPES: readonly [scope: DismissalScope, text: string][] = [
  ['insight', 'This insight'],
  ['route', 'This kind on this route'],
  ['origin', 'Everything of this origin'],
]

function DismissMenu({ insight }: { insight: Insight }) {
  const { insights } = usePanel()
  return (
    <PopupButton title="Don’t show this again" button="Dismiss">
      {SCOPES.map(([scope, text]) => {
        const dismissal = dismissalOf(insight, scope)
        return (
          dismissal && (
            <button
              key={scope}
              type="button"
              class="menu-item"
              onClick={event => {
                closePopup(event)
                insights.open.value = null
                insights.dismissals.add(dismissal)
                focusList()
              }}
            >
              {text}
              {scope === 'origin' && `: ${insight.origin}`}
            </button>
          )
        )
      })}
    </PopupButton>
  )
}
