import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Further forms, looked for before the function returns. */
const FORMS = `        -- Several parts are also written as one: "selfharm", "#selfharm".
        if base ~ '^[^ ]{2,}( [^ ]{2,})+$' and length(base) > 6 then
          forms := forms || array[replace(base, ' ', ''), replace(base, ' ', '') || 's'];
        end if;
        -- Plurals of Spanish, and of German where they are no words of other languages.
        if base ~ '[a-z]{4}[dlnr]$' then forms := forms || (base || 'es'); end if;
        if base ~ '[a-z]{5}[dlnr]es$' then forms := forms || left(base, -2); end if;
        if base ~ '[a-z]{3}z$' then forms := forms || (left(base, -1) || 'ces'); end if;
        if base ~ '[a-z](bb|ch|ck|ff|ll|mm|nd|ng|nn|pp|rr|ss|tt|tz)e$' then
          forms := forms || (base || 'n');
        end if;
        if base ~ '[a-z](bb|ch|ck|ff|ll|mm|nd|ng|nn|pp|rr|ss|tt|tz)en$' then
          forms := forms || left(base, -1);
        end if;
        if base ~ '[a-z]{2}(ung|heit|keit|schaft|ion|tat)$' then
          forms := forms || (base || 'en');
        end if;
        -- Articles, "and" and prepositions are written together with the noun.
        if base ~ '^[\u0621-\u064a]{3,}$' then
          forms := forms || (select array_agg(prefix || base)
            from unnest(array['ال', 'وال', 'بال', 'فال', 'كال', 'لل', 'و', 'ب', 'ل']) prefix);
        end if;
        if base ~ '^[\u05d0-\u05ea]{3,}$' then
          forms := forms || (select array_agg(prefix || base)
            from unnest(array['ה', 'ו', 'וה', 'ב', 'ל', 'מ', 'מה', 'ש', 'שה', 'כ']) prefix);
        end if;`;

const END = '        return (select array_agg(';

// Without its apostrophe, "I'll" is "ill", "he'll" is "hell" and "I'd" is "id".
const ALL_ENDINGS = '(?:t|s|m|d|ll|re|ve) ';
const ENDINGS = '(?:t|s|m|ve) ';

export class MuteMoreForms1795972576694 implements MigrationInterface {
  name = 'MuteMoreForms1795972576694';

  async up(db: QueryRunner): Promise<void> {
    await this.change(db, 'fold_words(text)', ALL_ENDINGS, ENDINGS);
    await this.change(db, 'muted_forms(text)', END, `${FORMS}\n${END}`);
    await this.computeForms(db);
  }

  async down(db: QueryRunner): Promise<void> {
    await this.change(db, 'muted_forms(text)', `${FORMS}\n${END}`, END);
    await this.change(db, 'fold_words(text)', ENDINGS, ALL_ENDINGS);
    await this.computeForms(db);
  }

  private async change(db: QueryRunner, name: string, from: string, to: string): Promise<void> {
    const [row] = (await db.query('select pg_get_functiondef($1::regprocedure) as definition', [
      name,
    ])) as { definition: string }[];
    const changed = (row?.definition ?? '').replace(from, () => to);
    if (changed === row?.definition) throw new Error(`${name} is not the one that is changed`);
    await db.query(changed);
  }

  // A stored column is computed anew only where it is made anew.
  private async computeForms(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table muted_words
      drop column forms,
      add column forms text[] not null generated always as (muted_forms(word)) stored`);
  }
}
