// Model: what a leak test found, in sentences.
import { type KeptBytes, MIN_ROUNDS } from '../../session/leak-verdict.ts'
import type { CallGroup, LeakTest } from '../memory/leak-tests.ts'

export function leakText({ used, perRound, groups }: LeakTest): string[] {
  const rounds = used.length - 2
  if (rounds < MIN_ROUNDS) return [`${Math.max(0, rounds)} of ${MIN_ROUNDS} rounds that count: nothing is said before.`]
  if (perRound.verdict === 'nothing') return [`Nothing that stays: ${amount(perRound.perRound)} a round.`]
  const sentences = [`Each round keeps ${amount(perRound.perRound)} (${perRound.confidence}).`]
  for (const group of groups) if (group.verdict === 'keeps') sentences.push(groupText(group))
  if (groups.length === 0) sentences.push('No operation was recorded in these rounds.')
  else if (groups.every(({ perCall }) => perCall === undefined)) {
    const names = groups.flatMap(group => group.names)
    sentences.push(
      `These ran in the rounds, and cannot be distinguished: ${names.join(', ')}. Repeat the test with one of them, or in different numbers.`,
    )
  } else if (groups.every(({ verdict }) => verdict === 'nothing')) {
    sentences.push('None of the operations that ran explains it.')
  }
  const calls = groups.reduce((most, { callsPerRound }) => Math.max(most, callsPerRound * rounds), rounds)
  sentences.push(
    `A cache that is still filling looks the same (${Math.round(calls)} calls so far), and what a timer frees later counts until then.`,
  )
  return sentences
}

function groupText({ names, callsPerRound, perCall, confidence }: CallGroup): string {
  const who = names.length > 1 ? `${names.join(', ')} run together, and keep` : `${names[0]} keeps`
  const kept = perCall ? amount(perCall) : ''
  return `${who} ${kept} a call (${confidence}), at ${Number(callsPerRound.toFixed(1))} calls a round.`
}

function amount({ bytes, low, high }: KeptBytes): string {
  return `${kilobytes(bytes)} kB (${kilobytes(low)} to ${kilobytes(high)})`
}

function kilobytes(bytes: number): string {
  const value = bytes / 1_000
  return value.toLocaleString('en', { maximumFractionDigits: Math.abs(value) < 100 ? 1 : 0 })
}
