import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ROOT } from '../kernel/paths.js';
import { relocate } from './bundle.js';

describe('a module that moves into the bundle', () => {
  it('finds the data beside where it was', () => {
    const code = "readFileSync(new URL('./people.json', import.meta.url));";
    const moved = relocate(code, join(ROOT, 'dist/disclosure/detectors/people.js'));
    expect(moved).toBe(
      "readFileSync(new URL('./people.json', new URL('../disclosure/detectors/people.js', import.meta.url).href));",
    );
    const bundle = new URL('../disclosure/detectors/people.js', 'file:///app/dist/bundle/web.js');
    expect(new URL('./people.json', bundle).pathname).toBe(
      '/app/dist/disclosure/detectors/people.json',
    );
  });

  it('of a package requires what the bundle has', () => {
    const code = "const require = createRequire(import.meta.url);\nrequire('typeorm');\n";
    expect(relocate(code, join(ROOT, 'node_modules/@nestjs/typeorm/dist/compat.js'))).toBe(
      "\nrequire('typeorm');\n",
    );
  });
});
