import { registerHooks } from 'node:module';
import { URL } from 'node:url';
import './load-sources.mjs';
import './time-limits.mjs';

const GLOBALS = new URL('./jest-globals.mjs', import.meta.url).href;

registerHooks({
  resolve(specifier, context, next) {
    if (specifier === '@jest/globals') return { url: GLOBALS, shortCircuit: true };
    // Each run of a spec is told from others by a query.
    return next(specifier, { ...context, parentURL: context.parentURL?.replace(/\?.*$/, '') });
  },
});
