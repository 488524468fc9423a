import { makeDocument } from '../api/openapi.js';
import { writeDocument } from '../api/openapi-file.js';
import { command } from './command.js';

await command(
  {
    name: 'compile-api',
    usage: 'npm run build',
    about: 'Makes the OpenAPI document, so that a server needs no Swagger.',
  },
  async () => {
    const document = await makeDocument({ quiet: true });
    writeDocument(document);
    return `${Object.keys(document.paths).length} paths of the API are documented.`;
  },
);
