import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ROOT } from '../kernel/paths.js';
import { rewriteModulePath } from './bundle.js';

describe('a bundled module', () => {
  it('resolves data files from its original location', () => {
    const code = "readFileSync(new URL('./people.json', import.meta.url));";
    const moved = rewriteModulePath(code, join(ROOT, 'dist/disclosure/detectors/people.js'));
    expect(moved).toBe(
      "readFileSync(new URL('./people.json', new URL('../disclosure/detectors/people.js', import.meta.url).href));",
    );
    const bundle = new URL('../disclosure/detectors/people.js', 'file:///app/dist/bundle/web.js');
    expect(new URL('./people.json', bundle).pathname).toBe(
      '/app/dist/disclosure/detectors/people.json',
    );
  });

  it('of a package requires the bundle’s modules', () => {
    const code = "const require = createRequire(import.meta.url);\nrequire('typeorm');\n";
    expect(rewriteModulePath(code, join(ROOT, 'node_modules/@nestjs/typeorm/dist/compat.js'))).toBe(
      "\nrequire('typeorm');\n",
    );
  });
});
