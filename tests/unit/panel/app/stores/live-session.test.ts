import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Background } from '../../../../../panel/app/connection/background.ts'
import { createLiveSession } from '../../../../../panel/app/stores/live-session.ts'
import type { LogChange, SessionInfo } from '../../../../../wire/messages.ts'

const INFO: SessionInfo = { id: 'one', tabId: 1, createdAt: 0, recording: true, preserveLog: true }

/** A background with an empty log. It reports the session even while commands fail. */
function createBackground() {
  let listener: (change: LogChange) => void = () => {}
  const state = { gone: true }
  const fail = (): Promise<never> => Promise.reject(new Error('No command is taken.'))
  const background: Background = {
    askSession: async () => INFO,
    isGone: () => state.gone,
    log: { read: async () => [], getSession: async () => undefined },
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
  return { background, state, notify: (change: LogChange['change']) => listener({ sessionId: INFO.id, change }) }
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

test('disconnects when a command fails because the extension is gone, until a session is reported', async () => {
  const { background, notify } = createBackground()
  const live = createLiveSession(background)
  await vi.waitFor(() => expect(live.connection.value).toBe('ready'))
  live.setRecording(false)
  await vi.waitFor(() => expect(live.connection.value).toBe('disconnected'))
  expect(console.error).toHaveBeenCalledOnce()
  // A readable log does not mean that the background can be reached.
  const read = vi.spyOn(background.log, 'read')
  notify('appended')
  await vi.waitFor(() => expect(read).toHaveBeenCalled())
  await new Promise(resolve => setTimeout(resolve))
  expect(live.connection.value).toBe('disconnected')
  notify('session')
  await vi.waitFor(() => expect(live.connection.value).toBe('ready'))
  live.stop()
})

test('reports a failed command until the next one succeeds', async () => {
  const { background, state, notify } = createBackground()
  state.gone = false
  const live = createLiveSession(background)
  await vi.waitFor(() => expect(live.connection.value).toBe('ready'))
  live.clear()
  await vi.waitFor(() => expect(live.refused.value).toBe('The session could not be cleared: No command is taken.'))
  notify('appended')
  await new Promise(resolve => setTimeout(resolve))
  expect([live.connection.value, live.refused.value]).toEqual([
    'ready',
    'The session could not be cleared: No command is taken.',
  ])
  background.clear = async () => INFO
  live.clear()
  await vi.waitFor(() => expect(live.refused.value).toBeNull())
  live.stop()
})

test('reads a log once it can be read', async () => {
  const { background, state, notify } = createBackground()
  state.gone = false
  const fails = () => Promise.reject(new Error('Internal error opening backing store.'))
  const entry = { type: 'recording', on: true, time: 5 } as const
  vi.spyOn(background.log, 'getSession').mockImplementationOnce(fails)
  vi.spyOn(background.log, 'read')
    .mockImplementationOnce(fails)
    .mockImplementation(async (session, after) => (after < 1 ? [{ session, n: 1, entry }] : []))
  const live = createLiveSession(background)
  await vi.waitFor(() => expect(live.unreadable.value).toContain('backing store'))
  const applied = vi.spyOn(live.session.value, 'steps')
  notify('session')
  await vi.waitFor(() => expect(live.connection.value).toBe('ready'))
  notify('appended')
  await new Promise(resolve => setTimeout(resolve))
  expect(live.unreadable.value).toBeNull()
  expect(applied).toHaveBeenCalledTimes(1)
  live.stop()
})
