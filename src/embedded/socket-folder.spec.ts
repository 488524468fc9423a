import { statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { describe, expect, it } from '@jest/globals';
import { makeSocketFolder, removeSocketFolder, withSocket } from './socket-folder.js';

const URL_OF = 'postgres://sameboat:p@127.0.0.1:5433/sameboat';

describe('the folder of a socket', () => {
  it('is open to this user only, and gone afterwards', () => {
    const folder = makeSocketFolder(5433, null);
    if (folder === null) throw new Error('no folder');
    expect(folder.startsWith(tmpdir())).toBe(true);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    removeSocketFolder(folder);
    expect(() => statSync(folder)).toThrow('ENOENT');
  });

  it.each([
    ['the path of a socket would be too long', `/tmp/${'long/'.repeat(25)}`],
    ['the server would take its name for several', '/tmp/one,two'],
    ['it cannot be made', '/no-such-folder'],
  ])('is none if %s', (_why, parent) => {
    expect(makeSocketFolder(5433, null, parent)).toBeNull();
  });

  it('is no part of the address if no socket is seen in it', () => {
    expect(withSocket(URL_OF, null, 5433)).toBe(URL_OF);
    expect(withSocket(URL_OF, '/no-such-folder', 5433)).toBe(URL_OF);
  });
});
