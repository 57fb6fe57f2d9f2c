// Node: the unit tests, and those of the packed library.
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** The tests of the packed library install packages and build applications: the unit tests run beside that. */
class PackageFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    return sorted.sort((a, b) => Number(b.project.name === 'package') - Number(a.project.name === 'package'))
  }
}

const UNIT = ['tests/unit/**/*.test.{ts,tsx}']
const PURE = ['tests/unit/{model,panel}/**/*.test.{ts,tsx}']

const shared = {
  environment: 'node' as const,
  // Only a test that can call the collector can tell what is still held from what was not collected yet.
  execArgv: ['--expose-gc'],
  retry: 0,
  // Property-based tests run long on a busy machine. Tests that bound the work of a step measure CPU time instead.
  testTimeout: 60_000,
}

export default defineConfig({
  test: {
    // By default one core is left to others.
    maxWorkers: 2,
    sequence: { sequencer: PackageFirst },
    projects: [
      { test: { ...shared, name: 'unit', include: UNIT, exclude: PURE } },
      // Nothing here changes globals or keeps state in modules, so the files share a process: starting one for each takes longer
      // than most of them.
      { test: { ...shared, name: 'pure', include: PURE, isolate: false } },
      {
        test: {
          ...shared,
          name: 'package',
          include: ['tests/package/**/*.test.ts', 'tests/readme/**/*.test.ts'],
          globalSetup: 'tests/package/pack.ts',
        },
      },
    ],
  },
})
