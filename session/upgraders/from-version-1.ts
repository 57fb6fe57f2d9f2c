// Any world: what version 2 of the session format changed.

export const FROM_VERSION_1 = {
  version: () => 2,
  metrics: (value: unknown) => renamed(value, 'ownTime', 'overheadMs'),
}

function renamed(value: unknown, from: string, to: string): unknown {
  if (!isObject(value) || !Object.hasOwn(value, from)) return value
  const { [from]: moved, ...rest } = value
  return { ...rest, [to]: moved }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
