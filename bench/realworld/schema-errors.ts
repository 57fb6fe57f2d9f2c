// Node. Is this a session file? By ajv, which knows nothing of the panel's own check.
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import schema from '../../session/session.schema.json' with { type: 'json' }

const ajv = new Ajv2020({ allErrors: true })
addFormats.default(ajv)
const validate = ajv.compile(schema)

/** What is wrong with `file`; empty for a valid session. */
export function schemaErrors(file: unknown): string[] {
  return validate(file) ? [] : (validate.errors ?? []).map(error => `${error.instancePath} ${error.message}`)
}
