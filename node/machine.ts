// Node: how fast this machine is, so that sessions of another machine are not taken for a change of the code.
import { arch, cpus, platform } from 'node:os'

/** Rounds of the calibration, of which the fastest counts: what else runs makes the others longer. */
const ROUNDS = 7
const STEPS = 2_000_000
/** How far two machines may be apart before a comparison says so. */
const MAX_DIFFERENCE = 1.3

export interface Machine {
  platform: string
  cpu: string
  cores: number
  /** Milliseconds of a fixed amount of work. */
  calibrationMs: number
}

export function describeMachine(): Machine {
  const [first] = cpus()
  return {
    platform: `${platform()} ${arch()}`,
    cpu: first?.model ?? 'unknown',
    cores: cpus().length,
    calibrationMs: calibrate(),
  }
}

function calibrate(): number {
  let fastest = Number.POSITIVE_INFINITY
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now()
    let hash = round
    for (let i = 0; i < STEPS; i++) hash = (Math.imul(hash, 31) + (hash >>> 7) + i) | 0
    if (hash === 0.5) throw new Error('the work must not be optimised away')
    fastest = Math.min(fastest, performance.now() - start)
  }
  return Math.round(fastest * 1_000) / 1_000
}

/** A sentence where the machines are too different to compare times; undefined where they are not. */
export function machineNote(baseline: Machine, now: Machine): string | undefined {
  const ratio = now.calibrationMs / baseline.calibrationMs
  if (ratio <= MAX_DIFFERENCE && ratio >= 1 / MAX_DIFFERENCE) return undefined
  const word = ratio > 1 ? 'slower' : 'faster'
  return `This machine is ${Math.max(ratio, 1 / ratio).toFixed(1)} times ${word} than the one of the baseline: record the baseline on the same one.`
}
