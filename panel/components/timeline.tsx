// Panel: the tab Timeline.
export function Timeline() {
  return null
}
