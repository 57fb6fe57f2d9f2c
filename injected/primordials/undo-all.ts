// Page's own world (MAIN): takes back several things at once, by no iterator that a page may have replaced.

export function undoAll(undos: readonly (() => void)[]): void {
  for (let i = 0; i < undos.length; i++) undos[i]?.()
}
