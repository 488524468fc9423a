import { swc } from './test/support/swc.mjs';

const common = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest', swc] },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/\\.build-'],
};

const database = {
  globalSetup: '<rootDir>/test/support/global-setup.mjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
};

const inNode = {
  // In Node.js itself, so that the modules of the application are loaded once for a worker and not
  // once for a file. A file shares their state with others: it undoes what it changes in a module.
  runner: 'jest-light-runner',
  setupFiles: ['<rootDir>/test/support/native-setup.mjs'],
};

export default {
  maxWorkers: 2,
  // Modules of finished specs are never given back; a worker starts afresh before its heap is full.
  workerIdleMemoryLimit: '1200MB',
  testSequencer: '<rootDir>/test/support/sequencer.mjs',
  // Against a test that hangs, never a measure: a busy machine may take its time.
  testTimeout: 300_000,
  projects: [
    {
      ...common,
      displayName: 'unit',
      testMatch: ['<rootDir>/src/**/*.spec.ts', '<rootDir>/test/*.spec.ts'],
      testPathIgnorePatterns: ['\\.db\\.spec\\.ts$'],
    },
    {
      ...common,
      ...database,
      ...inNode,
      displayName: 'db',
      testMatch: ['<rootDir>/src/**/*.db.spec.ts', '<rootDir>/test/*.db.spec.ts'],
    },
    {
      ...common,
      ...database,
      ...inNode,
      displayName: 'e2e',
      testMatch: ['<rootDir>/test/**/*.e2e-spec.ts'],
    },
    {
      ...common,
      ...database,
      displayName: 'browser',
      testMatch: ['<rootDir>/test/browser/*.browser-spec.ts'],
    },
  ],
};
