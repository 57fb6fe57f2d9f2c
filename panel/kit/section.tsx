// Panel: a section that can be collapsed, and a named value in it, as in the details.
import type { ComponentChildren } from 'preact'

export function Section({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <details open>
      <summary>{title}</summary>
      {children}
    </details>
  )
}

interface FieldProps {
  name: string
  hint?: string
  children: ComponentChildren
}

export function Field({ name, hint, children }: FieldProps) {
  return (
    <div class="field" title={hint}>
      <span class="field-name">{name}</span>
      <span class="field-value">{children}</span>
    </div>
  )
}
