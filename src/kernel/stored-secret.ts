import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newToken } from './ids.js';

/**
 * Returns the development key, which is generated once and stored so that sessions survive a
 * restart.
 */
export function storedSecret(dataDir: string): string {
  const file = join(dataDir, 'secret-key');
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  mkdirSync(dataDir, { recursive: true });
  const key = newToken(48);
  writeFileSync(file, `${key}\n`, { mode: 0o600 });
  return key;
}
