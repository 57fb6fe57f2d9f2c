// The library, in any JavaScript environment: the session file, written without an extension.

import { SESSION_FORMAT, SESSION_VERSION, type SessionFile, type SessionOperation } from '../session/format.ts'
import { writeSession } from '../session/write-session.ts'
import { measureResolution } from '../wire/clock-resolution.ts'
import type { ErrorDetail } from '../wire/operations.ts'
import { redactError } from '../wire/redact-text.ts'
import { redactUrl } from '../wire/redact-url.ts'
import { truncate } from '../wire/truncate.ts'
import { now, timeOrigin, toEpoch } from './clock.ts'
import { memoryApi } from './heap.ts'
import { MemoryMonitor } from './memory-monitor.ts'
import type { TrackedOperation } from './metrics.ts'
import { MAX_NAME_LENGTH, PerformanceMonitor } from './performance-monitor.ts'
import { toErrorData, toPlainData } from './plain-data.ts'
import { VERSION } from './version.ts'

/** The library has one document: the realm that it runs in. */
const DOCUMENT = 'library'
/** Characters kept of a page's title. */
const MAX_TITLE_LENGTH = 1_000

interface Surroundings {
  location?: { href?: string }
  document?: { title?: string }
  navigator?: { userAgent?: string }
  process?: { argv?: string[]; version?: string; title?: string }
}

/**
 * All that the monitors have retained, as the text of a session file (see session.schema.json): the most recent
 * operations, those in flight, the snapshots, and totals over everything since `clearMetrics`. Where the totals
 * cover more operations than are retained, a gap counts the difference.
 */
export function exportSession(): string {
  const { location, document, navigator, process } = globalThis as Surroundings
  const monitor = PerformanceMonitor.getInstance()
  const { operations, retainedOperations: _, byName: __, ...metrics } = monitor.getMetrics()
  const ended = operations.filter(({ outcome }) => outcome !== 'pending').length
  const snapshots = MemoryMonitor.getInstance().getSnapshots()
  const overwritten = metrics.totalOperations - metrics.pendingOperations - ended
  const url = redactUrl(location?.href ?? '')
  const file: SessionFile = {
    format: SESSION_FORMAT,
    version: SESSION_VERSION,
    generator: { name: 'perf-devtools', version: VERSION },
    createdAt: new Date().toISOString(),
    page: {
      url: url || (process?.argv?.[1] ?? ''),
      title: truncate(document?.title ?? process?.title ?? '', MAX_TITLE_LENGTH),
      userAgent: navigator?.userAgent ?? (process?.version ? `Node.js ${process.version}` : ''),
    },
    availability: {
      memory: memoryApi() ?? 'not available',
    },
    documents: [
      {
        documentId: DOCUMENT,
        frameId: 0,
        url,
        timeOrigin,
        clockResolution: measureResolution(now),
      },
    ],
    operations: operations.map(toSessionOperation),
    networkRequests: [],
    memory: [],
    snapshots: snapshots.map(({ label, takenAt, usedBytes }) => ({
      label,
      time: takenAt,
      documentId: DOCUMENT,
      ...(usedBytes === undefined ? {} : { usedBytes }),
    })),
    marks: [],
    gaps:
      overwritten > 0
        ? [
            {
              startTime: timeOrigin,
              // Operations are overwritten in the order of their ends: all missing ones ended before the first listed one.
              endTime: operations[0]?.endTime ?? toEpoch(now()),
              reason: 'buffer-full',
              count: overwritten,
              documentId: DOCUMENT,
            },
          ]
        : [],
    metrics,
  }
  return [...writeSession(file)].join('')
}

function toSessionOperation({ id, parentId, error, metadata, ...metrics }: TrackedOperation): SessionOperation {
  return {
    ...metrics,
    operationName: truncate(metrics.operationName, MAX_NAME_LENGTH),
    id: String(id),
    kind: 'custom',
    documentId: DOCUMENT,
    frameId: 0,
    ...(parentId === undefined ? {} : { parentId: String(parentId) }),
    ...(error === undefined ? {} : { error: redactedError(error) }),
    ...(metadata === undefined ? {} : { metadata: toPlainData(metadata) }),
  }
}

/** Its message and stack may hold URLs. */
function redactedError(thrown: unknown): ErrorDetail {
  const error = toErrorData(thrown)
  redactError(error)
  return error
}
