import { globSync } from 'node:fs'

// The tests run on what tsc wrote: no transformation, and source maps lead back to the TypeScript. It leaves what it wrote
// of files that are no more, so what is run follows from the sources.
const tests = globSync('__tests__/**/*.test.ts', { cwd: import.meta.dirname })

export default {
  testMatch: tests.map(file => `<rootDir>/build/${file.replaceAll('\\', '/').replace(/ts$/, 'js')}`),
  transform: {},
  testEnvironment: 'node',
  // Most of the end-to-end tests wait for a process of their own. On other systems processes take longer to start.
  maxWorkers: process.platform === 'linux' ? '100%' : '50%',
  maxConcurrency: process.platform === 'linux' ? 8 : 4,
  // Only what hangs takes so long, however slow or busy the machine is: whatever is about time has a clock of its own.
  testTimeout: 300_000,
}
