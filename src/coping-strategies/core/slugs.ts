import type { Tx } from '../../kernel/database.js';
import { newToken } from '../../kernel/ids.js';
import { RESERVED_SLUGS } from './vocabulary.js';
import { queryIn } from '../../kernel/sql.js';

/** A name as an address: small letters, digits, dashes. */
export function slugOf(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/[\u0300-\u036f’']/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
    .replace(/-+$/, '');
  return plain.length < 2 || RESERVED_SLUGS.includes(plain)
    ? `strategy-${plain}`.replace(/-$/, '')
    : plain;
}

/** Some letters and digits by lot. */
export function randomLetters(): string {
  return newToken(9)
    .toLowerCase()
    .replace(/[^a-z0-9]/g, 'x');
}

/** The address of a name; with some letters behind it where another strategy has it. */
export async function freeSlug(tx: Tx, name: string): Promise<string> {
  const slug = slugOf(name);
  const [taken] = await queryIn<object>(tx, 'select 1 from coping_strategies where slug = :slug', {
    slug,
  });
  return taken === undefined ? slug : `${slug}-${randomLetters().slice(0, 6)}`;
}
