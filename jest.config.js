// The tests run on what tsc wrote: no transformation, and source maps lead back to the TypeScript.
export default {
  testMatch: ['<rootDir>/build/__tests__/**/*.test.js'],
  transform: {},
  testEnvironment: 'node',
  // Most of the end-to-end tests wait for a process of their own. On other systems processes take longer to start.
  maxWorkers: process.platform === 'linux' ? '100%' : '50%',
  maxConcurrency: process.platform === 'linux' ? 8 : 4,
  // A machine may be slow, and cold: whatever is about time has a clock of its own.
  testTimeout: 20_000,
}
