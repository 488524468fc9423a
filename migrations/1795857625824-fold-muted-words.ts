import type { MigrationInterface, QueryRunner } from 'typeorm';

function letters(): { from: string; to: string } {
  let from = '';
  let to = '';
  const pairs = (first: number, last: number, distance: number, step = 1): void => {
    for (let code = first; code <= last; code += step) {
      from += String.fromCodePoint(code);
      to += String.fromCodePoint(code + distance);
    }
  };
  pairs(0x391, 0x3a9, 0x20);
  pairs(0x410, 0x42f, 0x20);
  pairs(0x400, 0x40f, 0x50);
  pairs(0x460, 0x480, 1, 2);
  pairs(0x48a, 0x4be, 1, 2);
  pairs(0x4c1, 0x4cd, 1, 2);
  pairs(0x4d0, 0x4fe, 1, 2);
  pairs(0x531, 0x556, 0x30);
  return { from: `${from}ẞØøŁłĐđÐðĦħŦŧÆŒÞŊςı`, to: `${to}ßoollddddhhttæœþŋσi` };
}

const MARKS =
  '[\u00ad\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670' +
  '\u06d6-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200f\u202a-\u202e\u2060-\u2064' +
  '\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\ufeff\u{1f3fb}-\u{1f3ff}]';
const ALONE =
  '[\u00a2-\u00a6\u00a8\u00a9\u00ac\u00ae\u00b0\u00b1\u00d7\u00f7\u0e00-\u0eff' +
  '\u1000-\u109f\u1780-\u17ff\u20a0-\u20cf\u2100-\u2bff\u3040-\u30fa\u30fc-\u30ff' +
  '\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\u{1f000}-\u{1faff}\u{20000}-\u{3ffff}]';
const PUNCTUATION =
  '[\u0080-\u00a1\u00a7\u00ab\u00b6\u00b7\u00bb\u00bf\u0589\u060c\u061b\u061f' +
  '\u0964\u0965\u1680\u2010-\u205f\u3000-\u303f\u30fb]';
const SPACES = Array.from({ length: 31 }, (_, code) => String.fromCodePoint(code + 1)).join('');
const ASCII_PUNCTUATION = `${SPACES}!"#%&()*,-./:;?@[\\]_{}~\u007f`;

export class FoldMutedWords1795857625824 implements MigrationInterface {
  name = 'FoldMutedWords1795857625824';

  async up(db: QueryRunner): Promise<void> {
    const { from, to } = letters();
    const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
    // No step asks the locale: lower() and classes of letters know ASCII alone under "C".
    await db.query(`
      create function fold_words(value text) returns text
      language plpgsql immutable strict parallel safe cost 2000
      as $fold$
      declare
        folded text := lower(value collate "C");
      begin
        if octet_length(folded) <> length(folded) then
          folded := translate(folded, '\`´‘’ʼʹ＇', repeat('''', 7));
          folded := regexp_replace(folded, ${quoted(MARKS)}, '', 'g');
          folded := normalize(folded, NFKD);
          folded := normalize(regexp_replace(folded, ${quoted(MARKS)}, '', 'g'), NFKC);
          folded := translate(lower(folded collate "C"), '${from}', '${to}');
          folded := replace(replace(folded, 'ß', 'ss'), 'æ', 'ae');
          folded := replace(replace(folded, 'œ', 'oe'), 'þ', 'th');
          folded := regexp_replace(folded, ${quoted(ALONE)}, ' \\& ', 'g');
          folded := regexp_replace(folded, ${quoted(PUNCTUATION)}, ' ', 'g');
        end if;
        if folded ~ '[$+<=>^|]' then
          folded := regexp_replace(folded, '[$+<=>^|]', ' \\& ', 'g');
        end if;
        folded := translate(folded, '\`' || ${quoted(ASCII_PUNCTUATION)},
          '''' || repeat(' ', ${ASCII_PUNCTUATION.length}));
        folded := ' ' || folded || ' ';
        if strpos(folded, '''') > 0 then
          folded := regexp_replace(folded, '''(?=(?:t|s|m|d|ll|re|ve) )', '', 'g');
          folded := replace(folded, '''', ' ');
        end if;
        folded := regexp_replace(folded, '  +', ' ', 'g');
        return case when folded = ' ' then '' else folded end;
      end
      $fold$`);
    // The word, its plural and its singular. A form that no language knows does no harm.
    await db.query(`
      create function muted_forms(word text) returns text[]
      language plpgsql immutable strict parallel safe
      as $forms$
      declare
        base text := trim(both ' ' from fold_words(word));
        forms text[] := array[base, base || 's'];
        pairs text[] := array['child', 'children', 'man', 'men', 'woman', 'women', 'person',
          'people', 'tooth', 'teeth', 'foot', 'feet', 'mouse', 'mice'];
      begin
        -- Signs alone are looked for as they stand.
        if base = '' then
          return array['%' || replace(replace(replace(word, '\\', '\\\\'), '%', '\\%'), '_', '\\_')
            || '%'];
        end if;
        if base ~ '(s|x|z|ch|sh|o)$' then forms := forms || (base || 'es'); end if;
        if base ~ '[^aeiou]y$' then forms := forms || (left(base, -1) || 'ies'); end if;
        if base ~ 'fe?$' then forms := forms || regexp_replace(base, 'fe?$', 'ves'); end if;
        if base ~ '[a-z]{2}[a-hj-rtv-z]s$' and base !~ '(^| )(news|does|goes|his|was|has)$' then
          forms := forms || left(base, -1);
        end if;
        if base ~ '[a-z](s|x|z|ch|sh|o)es$' then forms := forms || left(base, -2); end if;
        if base ~ '[a-z]{2}ies$' then forms := forms || (left(base, -3) || 'y'); end if;
        if base ~ '[a-z]ves$' then
          forms := forms || array[left(base, -3) || 'f', left(base, -3) || 'fe'];
        end if;
        for place in 1 .. array_length(pairs, 1) loop
          if base = pairs[place] or base like '% ' || pairs[place] then
            forms := forms || (left(base, -length(pairs[place]))
              || pairs[case when place % 2 = 0 then place - 1 else place + 1 end]);
          end if;
        end loop;
        return (select array_agg('% ' || form || ' %') from unnest(forms) form);
      end
      $forms$`);
    await db.query(`
      create function holds_muted_word(value text, forms text[]) returns boolean
      language plpgsql immutable strict parallel safe cost 2000
      as $holds$
      begin
        return fold_words(value) || chr(10) || lower(value collate "C") like any (forms);
      end
      $holds$`);
    await db.query(`
      alter table muted_words
      drop column pattern,
      drop constraint muted_words_word_check,
      add constraint muted_words_word_check check (length(word) between 1 and 40),
      add column forms text[] not null generated always as (muted_forms(word)) stored`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`delete from muted_words where length(word) < 2`);
    await db.query(`
      alter table muted_words
      drop column forms,
      drop constraint muted_words_word_check,
      add constraint muted_words_word_check check (length(word) between 2 and 40),
      add column pattern text`);
    // The word between two word boundaries, as it was looked for before.
    await db.query(`
      update muted_words
      set pattern = '\\m' || regexp_replace(word, '([^a-zA-Z0-9 ])', '\\\\\\1', 'g') || '\\M'`);
    await db.query(`alter table muted_words alter column pattern set not null`);
    await db.query(`drop function holds_muted_word`);
    await db.query(`drop function muted_forms`);
    await db.query(`drop function fold_words`);
  }
}
