// Test (Node): the live session, and commands that reach the background or do not.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Background } from '../../../../../panel/app/connection/background.ts'
import { createLiveSession } from '../../../../../panel/app/stores/live-session.ts'
import { emptySession } from '../../../../../storage/stored-session.ts'
import type { LogChange } from '../../../../../wire/messages.ts'
import { TIME_ORIGIN } from '../../../model/operation-rows.ts'
import { GUESSED_TWINS, twinCalls, twinMatches, twinRequests, UNDECIDED_TWINS } from '../../../model/twin-requests.ts'

const SESSION = emptySession({ id: 'one', tabId: 1, createdAt: 0, recording: true, preserveLog: true })

/** A background with an empty log. It reports the session even while commands fail. */
function createBackground() {
  let listener: (change: LogChange) => void = () => {}
  const state = { gone: true }
  const fail = (): Promise<never> => Promise.reject(new Error('No command is taken.'))
  const background: Background = {
    askSession: async () => SESSION,
    isGone: () => state.gone,
    sampleHeap() {},
    append: async () => true,
    log: { read: async () => [], getSession: async () => SESSION },
    record: fail,
    preserveLog: fail,
    clear: fail,
    list: fail,
    access: fail,
    remove: fail,
    onLogChange(added) {
      listener = added
      return () => {}
    },
  }
  const announce = (change: LogChange['change']): void => {
    listener({ sessionId: SESSION.id, change, session: SESSION } as LogChange)
  }
  return { background, state, announce }
}

beforeEach(() => {
  vi.stubGlobal('requestAnimationFrame', (task: () => void) => setTimeout(task))
  vi.stubGlobal('cancelAnimationFrame', clearTimeout)
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

test('a command that fails as the extension is gone disconnects, until the background has announced a session', async () => {
  const { background, announce } = createBackground()
  const live = createLiveSession(background)
  await vi.waitFor(() => expect(live.connection.value).toBe('ready'))
  live.setRecording(false)
  await vi.waitFor(() => expect(live.connection.value).toBe('disconnected'))
  expect(console.error).toHaveBeenCalledOnce()
  // A readable log does not mean that the background can be reached.
  const read = vi.spyOn(background.log, 'read')
  announce('appended')
  await vi.waitFor(() => expect(read).toHaveBeenCalled())
  await new Promise(resolve => setTimeout(resolve))
  expect(live.connection.value).toBe('disconnected')
  announce('session')
  await vi.waitFor(() => expect(live.connection.value).toBe('ready'))
  live.stop()
})

test('says that a command could not be carried out, until one is', async () => {
  const { background, state, announce } = createBackground()
  state.gone = false
  const live = createLiveSession(background)
  await vi.waitFor(() => expect(live.connection.value).toBe('ready'))
  live.clear()
  await vi.waitFor(() => expect(live.refused.value).toBe('Couldn’t clear the session: No command is taken.'))
  announce('appended')
  await new Promise(resolve => setTimeout(resolve))
  expect([live.connection.value, live.refused.value]).toEqual([
    'ready',
    'Couldn’t clear the session: No command is taken.',
  ])
  background.clear = async () => SESSION
  live.clear()
  await vi.waitFor(() => expect(live.refused.value).toBeNull())
  live.stop()
})

test('what could not be read at first is taken in once when it can', async () => {
  const { background, state, announce } = createBackground()
  state.gone = false
  const fails = () => Promise.reject(new Error('Internal error opening backing store.'))
  const entry = { type: 'recording', on: true, time: 5 } as const
  vi.spyOn(background.log, 'read')
    .mockImplementationOnce(fails)
    .mockImplementation(async (session, after) => (after < 1 ? [{ session, n: 1, entry }] : []))
  const live = createLiveSession(background)
  await vi.waitFor(() => expect(live.unreadable.value).toContain('backing store'))
  const applied = vi.spyOn(live.session.value, 'steps')
  announce('session')
  await vi.waitFor(() => expect(live.connection.value).toBe('ready'))
  announce('appended')
  await new Promise(resolve => setTimeout(resolve))
  expect(live.unreadable.value).toBeNull()
  expect(applied).toHaveBeenCalledTimes(1)
  live.stop()
})

test('takes the session from the answer to a command', async () => {
  const { background, state } = createBackground()
  state.gone = false
  const asked = vi.spyOn(background, 'askSession')
  background.record = async on => ({ ...SESSION, recording: on })
  const live = createLiveSession(background)
  await vi.waitFor(() => expect(live.connection.value).toBe('ready'))
  live.setRecording(false)
  await vi.waitFor(() => expect(live.recording.value).toBe(false))
  expect(asked).toHaveBeenCalledOnce()
  live.stop()
})

test('does not take the answer to a command that another followed', async () => {
  const { background, state } = createBackground()
  state.gone = false
  const answers: (() => void)[] = []
  background.record = on => new Promise(resolve => answers.push(() => resolve({ ...SESSION, recording: on })))
  const live = createLiveSession(background)
  await vi.waitFor(() => expect(live.connection.value).toBe('ready'))
  live.setRecording(false)
  live.setRecording(true)
  for (const answer of answers.reverse()) answer()
  await new Promise(resolve => setTimeout(resolve))
  expect(live.recording.value).toBe(true)
  live.stop()
})

test('joins ambiguous requests also if nothing is recorded after them', async () => {
  vi.useFakeTimers({ now: TIME_ORIGIN + 160, toFake: ['Date', 'setTimeout', 'clearTimeout'] })
  const { background, state } = createBackground()
  state.gone = false
  const entries = [twinCalls({ outcome: 'pending' }), twinRequests()]
  background.log.read = async (session, after) => (after < 1 ? entries.map(entry => ({ session, n: 1, entry })) : [])
  const live = createLiveSession(background)
  await vi.waitFor(() => expect(live.session.value.operations).toHaveLength(2))
  const { grown } = live
  await vi.advanceTimersByTimeAsync(9_000)
  expect(twinMatches(live.session.value)).toEqual(UNDECIDED_TWINS)
  const before = grown.value
  await vi.advanceTimersByTimeAsync(3_000)
  expect(twinMatches(live.session.value)).toEqual(GUESSED_TWINS)
  expect(grown.value).toBeGreaterThan(before)
  live.stop()
  expect(vi.getTimerCount()).toBe(0)
  vi.useRealTimers()
})
