// Panel: the tab Summary.
export function SummaryView() {
  return null
}
