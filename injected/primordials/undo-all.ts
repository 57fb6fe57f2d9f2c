// Page's own world (MAIN): undoes several things at once, without an iterator that a page may have replaced.

export function undoAll(undos: readonly (() => void)[]): void {
  for (let i = 0; i < undos.length; i++) undos[i]?.()
}
