// Test (Node): the files of a Next.js application, which is built and run in a project of its own.

const TRACK = `
  const later = () => new Promise(resolve => setTimeout(resolve, 1))
  const track = name => monitor.trackOperation(name, async () => {
    await later()
    await monitor.trackOperation(\`part of \${name}\`, later)
  })
  const tracked = () => monitor.getMetrics().operations.map(({ operationName, parentId }) => [operationName, parentId !== undefined])
`

/** By path. The page tracks while it is rendered; each route tracks, and answers with all that its monitor knows. */
export const NEXT_APP: Record<string, string> = {
  'package.json': '{ "private": true }',
  'next.config.mjs': `
    const root = new URL('..', import.meta.url).pathname
    export default { outputFileTracingRoot: root, turbopack: { root }, distDir: process.env.DIST }`,
  'app/layout.jsx': `
    export default ({ children }) => <html lang="en"><body>{children}</body></html>`,
  'app/button.jsx': `
    'use client'
    import { PerformanceMonitor } from 'perf-devtools'
    export function Button() {
      const monitor = PerformanceMonitor.getInstance()
      return <button onClick={() => monitor.trackOperation('click', async () => {})}>{typeof monitor.trackOperation}</button>
    }`,
  'app/page.jsx': `
    import { PerformanceMonitor } from 'perf-devtools'
    import { Button } from './button'
    export const dynamic = 'force-dynamic'
    export default async function Page() {
      const monitor = PerformanceMonitor.getInstance()
      ${TRACK}
      await track('page')
      return <main><p>{JSON.stringify(tracked())}</p><Button /></main>
    }`,
  'app/api/route.js': `
    import { PerformanceMonitor } from 'perf-devtools'
    export const dynamic = 'force-dynamic'
    export async function GET() {
      const monitor = PerformanceMonitor.getInstance()
      ${TRACK}
      await track('api')
      return Response.json(tracked())
    }`,
  'app/edge/route.js': `
    import { PerformanceMonitor } from 'perf-devtools'
    export const runtime = 'edge'
    export async function GET() {
      const monitor = PerformanceMonitor.getInstance()
      ${TRACK}
      await track('edge')
      return Response.json(tracked())
    }`,
}
