import { bundle } from './bundle.js';
import { command } from './command.js';

await command(
  {
    name: 'compile-bundle',
    usage: 'npm run build',
    about: 'Joins the built modules into few files. --keep also compiles them for the first start.',
    options: { keep: { type: 'boolean' } },
  },
  async (_, { keep }) => {
    await bundle(keep === true);
    return 'The modules are joined.';
  },
);
