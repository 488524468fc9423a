import type { MigrationInterface, QueryRunner } from 'typeorm';

const FIRST =
  'self|over|binge|panic|child|break|heart|body|weight|drug|alcohol|sleep|night|eating|cyber|' +
  'anti|post|suicide|trauma|hair|skin';
const LAST =
  'harm|hate|loss|attack|attempt|abuse|violence|injury|disorder|bullying|eating|picking|pulling|' +
  'death|down|up';

/** Further forms, looked for before the function returns. Splits anywhere make other words. */
const FORMS = `        -- One word is also written as two: "self-harm", "self harm".
        if base ~ '^(${FIRST})[a-z]{3,}$' then
          forms := forms || array[regexp_replace(base, '^(${FIRST})', '\\1 '),
            regexp_replace(base, '^(${FIRST})', '\\1 ') || 's'];
        end if;
        if base ~ '^[a-z]{3,}(${LAST})s?$' then
          forms := forms || array[regexp_replace(base, '(${LAST})(s?)$', ' \\1'),
            regexp_replace(base, '(${LAST})(s?)$', ' \\1s')];
        end if;`;

const END = '        return (select array_agg(';

export class MuteCompounds1795991949025 implements MigrationInterface {
  name = 'MuteCompounds1795991949025';

  async up(db: QueryRunner): Promise<void> {
    await this.change(db, END, `${FORMS}\n${END}`);
  }

  async down(db: QueryRunner): Promise<void> {
    await this.change(db, `${FORMS}\n${END}`, END);
  }

  private async change(db: QueryRunner, from: string, to: string): Promise<void> {
    const [row] = (await db.query(
      `select pg_get_functiondef('muted_forms(text)'::regprocedure) as definition`,
    )) as { definition: string }[];
    const changed = (row?.definition ?? '').replace(from, () => to);
    if (changed === row?.definition) throw new Error('muted_forms is not the one that is changed');
    await db.query(changed);
    // A stored column is computed anew only where it is made anew.
    await db.query(`
      alter table muted_words
      drop column forms,
      add column forms text[] not null generated always as (muted_forms(word)) stored`);
  }
}
