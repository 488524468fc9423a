import { registerHooks } from 'node:module';

// Runs the sources as they are: what they import as `.js` stands beside them as `.ts`.
registerHooks({
  resolve(specifier, context, next) {
    const own =
      specifier.startsWith('.') &&
      specifier.endsWith('.js') &&
      context.parentURL?.endsWith('.ts') === true;
    return next(own ? specifier.replace(/\.js$/, '.ts') : specifier, context);
  },
});
