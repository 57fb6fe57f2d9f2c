/** Says, where a file is no session, what is wrong with it and where. */
export class ImportError extends Error {
  override readonly name = 'ImportError'
}
