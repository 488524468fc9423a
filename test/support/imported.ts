import { join } from 'node:path';
import { Messages } from '../../src/i18n/messages.js';
import type { OpenSource } from '../../src/import/open-source.js';
import type { ImportReport } from '../../src/import/report.js';
import { runImport, type ImportOptions } from '../../src/import/run-import.js';
import type { TestDatabase } from './database.js';

/** The path of a dump in the fixtures. */
export function dumpAt(name: string): string {
  return join('test', 'fixtures', 'import', name);
}

/** Imports a dump. @param communities targets, as on the command line */
export function importFrom(
  db: TestDatabase,
  open: OpenSource,
  file: string,
  communities: readonly string[],
  more: Partial<ImportOptions> = {},
): Promise<ImportReport> {
  return runImport(
    db.url,
    {
      ...{ source: 'a-forum', open, file, communities, origin: 'old', language: null },
      ...{ dryRun: false, losses: null, secrets: [], ...more },
    },
    new Messages(),
    () => undefined,
  );
}

/** All imported posts in reading order. */
export function importedPosts(db: TestDatabase): Promise<object[]> {
  return db.make.all<object>(`
    select c.slug, t.title, t.locked_at is not null as closed, p.number, m.handle::text as author,
      p.body, p.reply_to_number as answers, p.folded, p.created_at as "at",
      p.edited_at is not null as edited
    from posts p
    join threads t on t.id = p.thread_id
    join communities c on c.id = t.community_id
    left join members m on m.id = p.author_id
    order by t.created_at, t.id, p.number`);
}

/**
 * The expected `importedPosts` of the thread that every dump contains first.
 * @param at converts a time to the units of the dump
 */
export function rowsOf(
  slug: string,
  at: (units: number) => Date,
): (number: number, author: string | null, units: number, body: string, more?: object) => object {
  const thread = { slug, title: 'Awake at four & counting', closed: false };
  return (number, author, units, body, more = {}) => ({
    ...{ ...thread, number, author, body, answers: null, folded: false },
    ...{ at: at(units), edited: false, ...more },
  });
}

/** The losses of a report as `kind: ids`. */
export function lossesOf({ losses }: ImportReport): Record<string, string> {
  return Object.fromEntries(
    [...losses].map(([what, { count, ids }]) => [what, `${count}: ${ids.join(' ')}`]),
  );
}
