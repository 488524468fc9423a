const native = {
  // In Node.js itself, so that the modules of the application are loaded once for a worker and not
  // once for a file. A file shares their state with others: it undoes what it changes in a module.
  runner: '<rootDir>/test/support/runner.mjs',
  setupFiles: ['<rootDir>/test/support/native-setup.mjs'],
  moduleFileExtensions: ['ts', 'mjs', 'js'],
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/\\.build-'],
  transform: {},
};

const database = {
  globalSetup: '<rootDir>/test/support/global-setup.mjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
};

export default {
  maxWorkers: 2,
  testSequencer: '<rootDir>/test/support/sequencer.mjs',
  projects: [
    {
      ...native,
      displayName: 'unit',
      testMatch: ['<rootDir>/src/**/*.spec.ts', '<rootDir>/test/*.spec.ts'],
      testPathIgnorePatterns: ['\\.db\\.spec\\.ts$'],
    },
    {
      ...native,
      ...database,
      displayName: 'db',
      testMatch: ['<rootDir>/src/**/*.db.spec.ts', '<rootDir>/test/*.db.spec.ts'],
    },
    {
      ...native,
      ...database,
      displayName: 'e2e',
      testMatch: ['<rootDir>/test/**/*.e2e-spec.ts'],
    },
    {
      ...native,
      ...database,
      displayName: 'browser',
      testMatch: ['<rootDir>/test/browser/*.browser-spec.ts'],
    },
  ],
};
