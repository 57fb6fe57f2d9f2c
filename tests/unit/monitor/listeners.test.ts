import { expect, test } from 'vitest'
import { runBundled } from '../../support/run-bundled.ts'

/** What async functions return is no promise of zone.js, which Angular loads. */
test.each([
  ['before', ['zone.js/node', './monitor/listeners.ts']],
  ['after', ['./monitor/listeners.ts', 'zone.js/node']],
])('rejections are reported, where zone.js was loaded %s us', async (_, modules) => {
  const program = `
    ${modules.map((module, index) => `import * as module${index} from '${module}'`).join('\n')}
    const { Listeners } = { ...module0, ...module1 }
    const heard = []
    console.error = error => heard.push(error.message)
    process.on('unhandledRejection', ({ message }) => heard.push('unhandled ' + message))
    const listeners = new Listeners()
    listeners._add(async () => { throw new Error('async') })
    listeners._add(() => Promise.reject(new Error('rejected')))
    listeners._add(() => new Promise((_, reject) => setTimeout(reject, 1, new Error('late'))))
    listeners._add(() => ({ then() { throw new Error('started') } }))
    listeners._notify()
    setTimeout(() => console.log(JSON.stringify({ zone: Promise.name, heard: heard.sort() })), 20)
  `
  const { stdout } = await runBundled(program)
  expect(JSON.parse(stdout)).toEqual({ zone: 'ZoneAwarePromise', heard: ['async', 'late', 'rejected'] })
})
