// The tests run on what tsc wrote: no transformation, and source maps lead back to the TypeScript.
export default {
  globalSetup: '<rootDir>/build/__tests__/provide-uv.js',
  testMatch: ['<rootDir>/build/__tests__/**/*.test.js'],
  transform: {},
  testEnvironment: 'node',
  // Most of the end-to-end tests wait for a process of their own.
  maxWorkers: '100%',
  maxConcurrency: 8,
}
