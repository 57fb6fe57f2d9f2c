// Background: imports of content scripts give the path of the built file (CRXJS: https://crxjs.dev/concepts/content-scripts).
declare module '*?script&iife' {
  const path: string
  export default path
}
