import { readFileSync } from 'node:fs';
import type { Config } from '../kernel/config.js';
import { BackupFault } from './backup-fault.js';

const MIN_LENGTH = 12;

/**
 * The passphrase of backups, from a setting or a file named by a setting. Never from the command
 * line, which every process on the machine can read.
 * @throws BackupFault if there is none, or two, or it is too short
 */
export function backupPassphrase(
  config: Pick<Config, 'BACKUP_PASSPHRASE' | 'BACKUP_PASSPHRASE_FILE'>,
): string {
  const { BACKUP_PASSPHRASE: own, BACKUP_PASSPHRASE_FILE: file } = config;
  if (own !== undefined && file !== undefined)
    throw new BackupFault('BACKUP_PASSPHRASE and BACKUP_PASSPHRASE_FILE are both set: keep one.');
  if (own === undefined && file === undefined)
    throw new BackupFault(
      'A backup needs a passphrase: set BACKUP_PASSPHRASE, ' +
        'or BACKUP_PASSPHRASE_FILE to a file that holds it.',
    );
  const passphrase = own ?? readPassphrase(file ?? '');
  if (passphrase.length < MIN_LENGTH)
    throw new BackupFault(`The passphrase of backups needs ${MIN_LENGTH} characters or more.`);
  return passphrase;
}

function readPassphrase(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch {
    throw new BackupFault('BACKUP_PASSPHRASE_FILE names a file that cannot be read.');
  }
}
