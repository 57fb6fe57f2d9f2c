// Panel: the dialog of the leak test: leads through its rounds, and says what was found.
import { type LeakTest, leakTestsOf } from '../../../model/memory/leak-tests.ts'
import { leakText } from '../../../model/text/leak-text.ts'
import { usePanel } from '../../app/panel-context.ts'
import { Dialog } from '../../kit/dialog.tsx'
import { IDLE_ROUNDS, type LeakPhase, ROUNDS } from './leak-test-store.ts'

export function LeakTestDialog() {
  return (
    <Dialog name="leak-test" title="Leak test">
      <LeakTestSteps />
    </Dialog>
  )
}

function LeakTestSteps() {
  const { leakTest, store } = usePanel()
  store.version.value
  const phase = leakTest.phase.value
  const latest = leakTestsOf(store.session.value).at(-1)
  const settledIn = leakTest.settledIn.value
  return (
    <div class="leak-test">
      <p role="status">{instruction(phase, leakTest.round.value, leakTest.rounds.value)}</p>
      {leakTest.problem.value && (
        <p class="infobar" role="alert">
          {leakTest.problem.value}
        </p>
      )}
      <Steps />
      <p class="hint">
        While this is open, Perf reads the heap 20 times a second to see what a call allocates. A reading takes about
        0.3 ms; the status bar shows the overhead.
      </p>
      {settledIn !== null && <p class="hint">The last collection took {Math.round(settledIn)} ms, reading included.</p>}
      {latest && <Found test={latest} />}
    </div>
  )
}

function instruction(phase: LeakPhase, round: number, rounds: number): string {
  switch (phase) {
    case 'round':
      return `Round ${round} of ${rounds}: in the page, do the action — several times is better — and wait until it is quiet. Then choose Done.`
    case 'control':
      return `Control, ${IDLE_ROUNDS} rounds: leave the page alone.`
    case 'settling':
      return 'Collecting garbage and reading the heap…'
    case 'done':
      return 'The rounds are over. A control, in which nothing is done, tells the action from what the page does by itself.'
    default:
      return `Repeat one action ${ROUNDS} times. After each, Perf has the browser collect all garbage and reads what is left. The first round does not count.`
  }
}

function Steps() {
  const { leakTest } = usePanel()
  const phase = leakTest.phase.value
  const isRunning = phase === 'round' || phase === 'settling' || phase === 'control'
  return (
    <p class="leak-steps">
      {phase === 'round' ? (
        <button type="button" class="action" onClick={() => void leakTest.endRound()}>
          Done
        </button>
      ) : (
        <button type="button" class="action" disabled={isRunning} onClick={() => void leakTest.start()}>
          {phase === 'done' ? 'Start again' : 'Start'}
        </button>
      )}
      {phase === 'done' && (
        <>
          <button type="button" class="action" onClick={leakTest.more}>
            {ROUNDS} more rounds
          </button>
          <button type="button" class="action" onClick={() => void leakTest.control()}>
            Run control
          </button>
        </>
      )}
      {isRunning && (
        <button type="button" class="action" onClick={leakTest.end}>
          End test
        </button>
      )}
    </p>
  )
}

function Found({ test }: { test: LeakTest }) {
  const { formatters } = usePanel()
  const { used, idle } = test
  const highest = Math.max(...used, ...idle, 1)
  const lowest = Math.min(...used, ...idle)
  const heightOf = (bytes: number): number => 8 + (92 * (bytes - lowest)) / Math.max(1, highest - lowest)
  return (
    <>
      <figure class="leak-chart">
        <figcaption>
          Heap after each collection, {formatters.bytes(lowest)} to {formatters.bytes(highest)}
        </figcaption>
        <ol>
          {used.map((bytes, round) => (
            <li
              key={`round ${round}`}
              title={`${round === 0 ? 'Before' : `Round ${round}`}: ${formatters.bytes(bytes)}`}
            >
              <i style={{ height: `${heightOf(bytes)}%` }} />
              <small>{round === 0 ? 'start' : round}</small>
            </li>
          ))}
          {idle.map((bytes, round) => (
            <li key={`idle ${round}`} class="idle" title={`Control ${round}: ${formatters.bytes(bytes)}`}>
              <i style={{ height: `${heightOf(bytes)}%` }} />
              <small>idle</small>
            </li>
          ))}
        </ol>
      </figure>
      {leakText(test).map(sentence => (
        <p key={sentence}>{sentence}</p>
      ))}
    </>
  )
}
