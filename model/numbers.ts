// Model: numbers that are easily mixed up, as types that cannot be. At run time each is a plain number.

declare const meaning: unique symbol
type Meaning<Name extends string> = number & { readonly [meaning]: Name }

/** The index of an operation in the columns of the session's table. It never changes. */
export type Row = Meaning<'row'>

/** The index of a document in the session's table. A document that is injected anew gets another number. */
export type DocumentNumber = Meaning<'document'>

/** Which of a document's sources recorded an operation: its requests, or one of its copies of the library. */
export type SourceId = Meaning<'source'>

/** Names a group of operations within its grouping. */
export type GroupId = Meaning<'group'>
