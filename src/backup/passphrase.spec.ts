import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { BackupFault } from './backup-fault.js';
import { backupPassphrase } from './passphrase.js';

const folder = mkdtempSync(join(tmpdir(), 'sameboat-passphrase-'));
let count = 0;
const file = (content: string): string => {
  const path = join(folder, `passphrase-${(count += 1)}`);
  writeFileSync(path, content);
  return path;
};

describe('the passphrase of backups', () => {
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is read from a setting, or from a file without its final line break', () => {
    expect(backupPassphrase({ BACKUP_PASSPHRASE: 'twelve plain words' })).toBe(
      'twelve plain words',
    );
    expect(backupPassphrase({ BACKUP_PASSPHRASE_FILE: file(' kept as it is \n') })).toBe(
      ' kept as it is ',
    );
  });

  it.each([
    ['neither', {}, /needs a passphrase/],
    [
      'both',
      { BACKUP_PASSPHRASE: 'twelve plain words', BACKUP_PASSPHRASE_FILE: file('twelve words') },
      /keep one/,
    ],
    [
      'a file that is not there',
      { BACKUP_PASSPHRASE_FILE: join(folder, 'none') },
      /cannot be read/,
    ],
    ['a short file', { BACKUP_PASSPHRASE_FILE: file('short\n') }, /12 characters/],
  ])('is refused in one line for %s', (_what, settings, line) => {
    const attempt = (): string => backupPassphrase(settings);
    expect(attempt).toThrow(BackupFault);
    expect(attempt).toThrow(line);
  });
});
