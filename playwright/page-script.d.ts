/** The script of `page/main.ts`, bundled: scripts/node-bundles.ts puts it in the place of this import. */
declare module 'perf:page-script' {
  const source: string
  export default source
}
