// Model: what telemetry comes from, as OTLP has it: https://opentelemetry.io/docs/specs/semconv/resource/

import { hostOf } from '../../../wire/short-url.ts'
import { documentIdOf } from '../../session/document-table.ts'
import type { SessionModel } from '../../session/session-model.ts'
import { attributes, type KeyValue, wellFormed } from './otlp-types.ts'
import { spanIdOf } from './span-ids.ts'

/**
 * Names a session: the same each time that it is exported, and from its first operation on. The first document stays the
 * same; the page does not while a session is recorded.
 */
export function sessionKey({ createdAt, documents, file }: SessionModel): string {
  const [document] = documents.all
  return spanIdOf(`${createdAt}`, document ? documentIdOf(document) : (file?.page.url ?? ''))
}

export function resourceOf(session: SessionModel): { attributes: KeyValue[] } {
  const { documents, file } = session
  const url = file?.page.url ?? documents.top?.url ?? ''
  const userAgent = file?.page.userAgent ?? documents.top?.userAgent
  return {
    attributes: attributes({
      'service.name': hostOf(url) || 'unknown_service',
      'user_agent.original': userAgent || undefined,
      'session.id': sessionKey(session),
    }),
  }
}

export function scopeOf({ name, version }: { name: string; version: string }): { name: string; version: string } {
  return { name: wellFormed(name), version: wellFormed(version) }
}
