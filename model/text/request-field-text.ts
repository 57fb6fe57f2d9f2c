// Any world: the optional fields of a request as the details view lists them.

import type { HttpDetail } from '../../wire/operations.ts'
import { fieldValue, REQUEST_FIELDS } from '../operation-fields.ts'
import { type Formatters, UNKNOWN } from './formatters.ts'

export interface FieldText {
  label: string
  text: string
}

/** Those that the request has, in the order in which they are declared. @param resolution of the clock, in milliseconds. */
export function requestFieldTexts(http: HttpDetail, formatters: Formatters, resolution: number): FieldText[] {
  return REQUEST_FIELDS.flatMap((field): FieldText[] => {
    const value = field.label === undefined ? undefined : fieldValue({ http }, field)
    if (field.label === undefined || value === undefined) return []
    return [{ label: field.label, text: field.says ?? valueText(value, field.unit) }]
  })

  function valueText(value: unknown, unit: 'ms' | 'bytes' | undefined): string {
    if (unit === 'ms') return formatters.duration(value as number, resolution)
    return unit === 'bytes' ? formatters.bytes(value as number) : String(value)
  }
}

/** The status that the page got, and that of the network where it differs. For a response from the cache that is 304. */
export function statusText({ status, devtools }: HttpDetail): string {
  const onNetwork = devtools?.status
  if (!onNetwork || onNetwork === status) return `${status ?? UNKNOWN}`
  return `${status ?? UNKNOWN} (${onNetwork} on the network)`
}
