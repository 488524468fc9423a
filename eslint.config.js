import eslint from '@eslint/js';
import stylistic from '@stylistic/eslint-plugin';
import tseslint from 'typescript-eslint';

const clock = [
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'Ask the Clock (kernel/clock.ts): a test can move it.',
  },
  {
    selector: "MemberExpression[object.name='Date'][property.name='now']",
    message: 'Ask the Clock (kernel/clock.ts): a test can move it.',
  },
];
const environment = [
  {
    selector: "MemberExpression[object.name='process'][property.name='env']",
    message: 'Settings are read in kernel/config.ts alone.',
  },
];
const lookUps = [
  {
    selector: 'Identifier[name=/^(forwardRef|ModuleRef)$/]',
    message: 'What a class needs stands in its constructor.',
  },
];

export default tseslint.config(
  { ignores: ['dist/', '.build-*/', 'node_modules/', 'var/', 'coverage/', 'findings/'] },
  eslint.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: true },
      ],
      '@typescript-eslint/no-floating-promises': 'error',
      // A driver answers unknown rows; saying of what kind they are is the point of the assertion.
      '@typescript-eslint/no-unnecessary-type-assertion': 'off',
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', ...clock, ...environment, ...lookUps] },
  },
  {
    files: ['src/kernel/clock.ts'],
    rules: { 'no-restricted-syntax': ['error', ...environment, ...lookUps] },
  },
  {
    files: ['src/kernel/config.ts', 'src/embedded/cluster.ts'],
    rules: { 'no-restricted-syntax': ['error', ...clock, ...lookUps] },
  },
  {
    files: ['**/*.ts', '**/*.mjs', '**/*.js'],
    // A migration that has run is never edited.
    ignores: ['migrations/1764*.ts'],
    plugins: { '@stylistic': stylistic },
    rules: {
      '@stylistic/max-len': [
        'error',
        {
          code: 120,
          ignoreUrls: true,
          ignoreRegExpLiterals: true,
        },
      ],
    },
  },
  {
    files: ['**/*.mjs', 'eslint.config.js'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly' } },
  },
  {
    files: ['views/assets/{js,pages}/*.js'],
    languageOptions: {
      sourceType: 'script',
      globals: Object.fromEntries(
        [
          'document',
          'window',
          'location',
          'fetch',
          'setTimeout',
          'clearTimeout',
          'setInterval',
          'clearInterval',
          'URLSearchParams',
          'FormData',
          'navigator',
          'BroadcastChannel',
          'history',
          'sessionStorage',
          'localStorage',
          'performance',
          'requestAnimationFrame',
          'HTMLElement',
          'HTMLFormElement',
          'addEventListener',
          'dispatchEvent',
          'Event',
          'AbortController',
          'EventSource',
          'MessageChannel',
        ].map((name) => [name, 'readonly']),
      ),
    },
  },
  {
    files: ['views/assets/worker/*.js'],
    languageOptions: {
      sourceType: 'script',
      globals: Object.fromEntries(
        ['self', 'caches', 'indexedDB', 'registration', 'crypto', 'fetch', 'URL', 'Response'].map(
          (name) => [name, 'readonly'],
        ),
      ),
    },
  },
);
