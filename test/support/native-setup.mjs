import { registerHooks } from 'node:module';
import { URL } from 'node:url';
import './load-sources.mjs';
import './time-limits.mjs';

const GLOBALS = new URL('./jest-globals.mjs', import.meta.url).href;

registerHooks({
  resolve(specifier, context, next) {
    if (specifier === '@jest/globals') return { url: GLOBALS, shortCircuit: true };
    // A query string distinguishes repeated loads of a spec.
    return next(specifier, { ...context, parentURL: context.parentURL?.replace(/\?.*$/, '') });
  },
});
