// Test: reads CSV strictly, by the grammar of https://www.rfc-editor.org/rfc/rfc4180#section-2.

const LINE_BREAK = '\r\n'

export function csvRows(text: string): string[][] {
  const rows: string[][] = []
  let at = 0
  while (at < text.length) {
    const row: string[] = []
    for (;;) {
      const { cell, next } = text[at] === '"' ? quotedCell(text, at) : plainCell(text, at)
      row.push(cell)
      at = next
      if (text[at] !== ',') break
      at++
    }
    if (!text.startsWith(LINE_BREAK, at)) throw new Error(`a line does not end at ${at}`)
    at += LINE_BREAK.length
    rows.push(row)
  }
  return rows
}

function plainCell(text: string, at: number): { cell: string; next: number } {
  const cell = /^[^",\r\n]*/.exec(text.slice(at))?.[0] ?? ''
  return { cell, next: at + cell.length }
}

function quotedCell(text: string, at: number): { cell: string; next: number } {
  const quoted = /^"((?:[^"]|"")*)"/.exec(text.slice(at))
  if (!quoted) throw new Error(`a quote is not closed at ${at}`)
  return { cell: (quoted[1] ?? '').replaceAll('""', '"'), next: at + quoted[0].length }
}
