// Model: the part of a session file that must be known before its rows can be read: the members that are not lists, and the
// documents. Our files begin with it. JSON objects have no order, so other programs may write it anywhere.
import { type ImportedHead, SESSION_FORMAT, SESSION_VERSION, type SessionDocument } from '../../../session/format.ts'
import { compileSchema, type Schema } from '../../../session/schema-check.ts'
import schema from '../../../session/session.schema.json' with { type: 'json' }
import { upgradeFrom } from '../../../session/upgraders/upgrade.ts'
import { LISTS } from '../../../session/write-session.ts'
import { truncate } from '../../../wire/truncate.ts'
import { ImportError, invalid } from './import-error.ts'

/** Characters of a member's name in an error message. */
const MAX_NAME_LENGTH = 100

const members = schema.properties as Record<string, Schema>
/** The members that are not lists, each with its check. */
const headChecks = new Map(
  Object.entries(members).flatMap(([name, member]) =>
    isList(name) ? [] : [[name as keyof ImportedHead, compileSchema(member, schema as Schema)] as const],
  ),
)
const HEAD: readonly string[] = [...headChecks.keys()]
const checkDocument = compileSchema(members.documents?.items as Schema, schema as Schema)

export interface SessionTop {
  head: ImportedHead
  documents: SessionDocument[]
  /** Upgrades a row of a list to the current version of the format. */
  upgrade: NonNullable<ReturnType<typeof upgradeFrom>>
}

export class TopReader {
  readonly #head = new Map<string, unknown>()
  #documents: unknown[] | undefined
  #unknown: string | undefined

  get isComplete(): boolean {
    return this.#documents !== undefined && HEAD.every(name => this.#head.has(name))
  }

  /** A member that is not a list. */
  addValue(name: string, value: unknown): void {
    if (this.#head.has(name)) throw invalid(`${name} appears twice`)
    if (isList(name)) throw invalid(`${name} must be an array`)
    if (HEAD.includes(name)) this.#head.set(name, value)
    else this.addUnknown(name)
    this.#checkVersion()
  }

  /** A list that the format does not have. A newer version may have it, so the error message depends on the version. */
  addUnknown(name: string): void {
    if (HEAD.includes(name)) throw invalid(`${name} must not be an array`)
    this.#unknown ??= name.length > MAX_NAME_LENGTH ? `${truncate(name, MAX_NAME_LENGTH)}…` : name
  }

  addDocuments(rows: unknown[]): void {
    this.#documents ??= []
    this.#documents.push(...rows)
    checkLength('documents', this.#documents.length)
  }

  /** Checks and returns the top. Only lists may follow. */
  take(): SessionTop {
    this.#checkVersion()
    if (!this.#head.has('format')) throw invalid('format is missing')
    if (this.#unknown !== undefined) throw invalid(`${this.#unknown} is not part of the format`)
    for (const name of HEAD) if (!this.#head.has(name)) throw invalid(`${name} is missing`)
    if (!this.#documents) throw invalid('documents is missing')
    const upgrade = upgradeFrom(this.#head.get('version'))
    if (!upgrade) throw invalid(`version must be an integer from 1 to ${SESSION_VERSION}`)
    const head: Record<string, unknown> = {}
    for (const [name, check] of headChecks) {
      head[name] = upgrade(name, this.#head.get(name))
      const problem = check(head[name], name)
      if (problem !== undefined) throw invalid(problem)
    }
    const documents = this.#documents.map(document => upgrade('documents', document))
    for (const [i, document] of documents.entries()) {
      const problem = checkDocument(document, `documents[${i}]`)
      if (problem !== undefined) throw invalid(problem)
    }
    return { head: head as unknown as ImportedHead, documents: documents as SessionDocument[], upgrade }
  }

  /** As soon as possible: a wrong version explains all other errors. */
  #checkVersion(): void {
    const [format, version] = ['format', 'version'].map(name => this.#head.get(name))
    if (format !== undefined && format !== SESSION_FORMAT) throw invalid(`format must be "${SESSION_FORMAT}"`)
    if (typeof version === 'number' && version > SESSION_VERSION) {
      throw new ImportError(
        `was written by a newer version of Perf: its format is version ${version}, and this Perf reads up to version ${SESSION_VERSION}`,
      )
    }
  }
}

/** Each list has a bound, as its rows are kept in memory. */
export function checkLength(list: (typeof LISTS)[number], length: number): void {
  const { maxItems } = schema.properties[list]
  if (length > maxItems) throw invalid(`${list} must have at most ${maxItems} items`)
}

export function isList(name: string): name is (typeof LISTS)[number] {
  return (LISTS as readonly string[]).includes(name)
}
