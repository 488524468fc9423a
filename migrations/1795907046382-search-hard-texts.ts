import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The text as both sides of a search read it, and what is put before that. */
const READ = 'translate(written,';
// PostgreSQL's parser takes words apart at low lines all the same, after looking for paths.
const READ_APART = `translate(replace(written, '_', ' '),`;

const NORMAL = 'normal text := public.search_text(words);';
// Each dash before a word is a "not", and dozens in a row are more than a query can hold. Who types
// two means a dash.
const NORMAL_DASHES = `normal text := regexp_replace(public.search_text(words), '(^|\\s)-(?:\\s*-)+', '\\1 ', 'g');`;

export class SearchHardTexts1795907046382 implements MigrationInterface {
  name = 'SearchHardTexts1795907046382';

  async up(db: QueryRunner): Promise<void> {
    await this.change(db, 'search_text(text)', READ, READ_APART);
    await this.change(db, 'search_query(text, text)', NORMAL, NORMAL_DASHES);
  }

  async down(db: QueryRunner): Promise<void> {
    await this.change(db, 'search_query(text, text)', NORMAL_DASHES, NORMAL);
    await this.change(db, 'search_text(text)', READ_APART, READ);
  }

  private async change(db: QueryRunner, name: string, from: string, to: string): Promise<void> {
    const [row] = (await db.query('select pg_get_functiondef($1::regprocedure) as definition', [
      name,
    ])) as { definition: string }[];
    const definition = row?.definition ?? '';
    if (!definition.includes(from)) throw new Error(`${name} is not the one that is changed`);
    await db.query(definition.replace(from, () => to));
  }
}
