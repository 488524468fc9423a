import { registerHooks } from 'node:module';

// Runs the TypeScript sources directly, resolving `.js` imports to the `.ts` files beside them.
registerHooks({
  resolve(specifier, context, next) {
    const own =
      specifier.startsWith('.') &&
      specifier.endsWith('.js') &&
      context.parentURL?.endsWith('.ts') === true;
    return next(own ? specifier.replace(/\.js$/, '.ts') : specifier, context);
  },
});
