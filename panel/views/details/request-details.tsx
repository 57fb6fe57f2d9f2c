// Panel: what is recorded about a request.

import { UNKNOWN } from '../../../model/text/formatters.ts'
import type { HttpDetail } from '../../../wire/operations.ts'
import { usePanel } from '../../app/panel-context.ts'
import { Field, Section } from '../../kit/section.tsx'
import { Stack } from './stack.tsx'

export function HttpDetails({ http, resolution }: { http: HttpDetail; resolution: number }) {
  const { formatters } = usePanel()
  const { method, url, status, bodyDuration, encodedBodySize, decodedBodySize, devtools } = http
  const { fromCache, serviceWorker, endSource, match, endUnknown, graphql } = http
  // What the page's own timing does not tell, DevTools may have seen.
  const transferSize = http.transferSize ?? devtools?.transferSize
  const sizeSource = devtools?.transferSize === undefined ? 'Resource Timing' : 'DevTools'
  const protocol = http.protocol ?? devtools?.protocol
  // DevTools' goes on to what an awaited call came from.
  const stack = devtools?.initiator?.stack ?? http.stack
  return (
    <>
      <Section title="Request">
        <Field name="Method">{method}</Field>
        <Field name="URL">{url}</Field>
        {graphql && <Field name="GraphQL operation">{graphql}</Field>}
        <Field name="Status">{status ?? UNKNOWN}</Field>
        {bodyDuration !== undefined && (
          <Field name="To end of body">{formatters.duration(bodyDuration, resolution)}</Field>
        )}
        <Field name="Transferred">
          {transferSize === undefined ? UNKNOWN : `${formatters.bytes(transferSize)}, by ${sizeSource}`}
        </Field>
        {encodedBodySize !== undefined && <Field name="Body">{formatters.bytes(encodedBodySize)}</Field>}
        {decodedBodySize !== undefined && <Field name="Body, decoded">{formatters.bytes(decodedBodySize)}</Field>}
        {protocol && <Field name="Protocol">{protocol}</Field>}
        {fromCache && <Field name="From">the HTTP cache</Field>}
        {serviceWorker && <Field name="Through">a service worker</Field>}
        {endSource && (
          <Field name="End known from">
            {endSource === 'devtools' ? 'DevTools' : 'Resource Timing'}
            {match === 'inferred' ? ', one of several calls that could own the entry' : ''}
          </Field>
        )}
        {endUnknown !== undefined && <Field name="End">not known: {endUnknown}</Field>}
      </Section>
      {stack && stack.length > 0 && (
        <Section title="Called from">
          <Stack text={stack.join('\n')} />
        </Section>
      )}
    </>
  )
}
