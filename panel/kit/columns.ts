// Panel: what a table's columns are, beside what they hold.

export interface GridColumn<Key extends string = string> {
  key: Key
  title: string
  /** CSS pixels; the first column takes what is left. */
  width: number
  /** Figures stand right, and are sorted from the greatest down at first. */
  figure?: true
  /** What the title leaves unsaid. */
  hint?: string
}
