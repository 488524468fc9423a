import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import { MUTED_WORD_COSTS } from '../bench/muted-word-costs.js';
import { KINDS } from '../bench/text-kinds.js';
import { foldWords } from '../kernel/fold-words.js';
import { newDatabase } from '../../test/support/databases.js';
import { migrate } from '../kernel/database.js';
import pg from 'pg';

describe('a muted word', () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await testDatabase();
  });
  afterAll(() => db.close());

  it.each(MUTED_WORD_COSTS)(
    'is %s in a long text, which takes no time to speak of',
    async (_, words, condition) => {
      // One connection with a statement timeout, so that the test fails instead of hanging.
      const runner = db.dataSource.createQueryRunner();
      try {
        await runner.query(`set statement_timeout = '20s'`);
        for (const kind of KINDS) {
          const text = kind.textsOf(100_000).at(-1);
          for (const word of words) {
            const looked = runner.query(
              `select from (select $2::text as body) texts where ${condition}`,
              [word, text],
            );
            await expect(looked).resolves.toEqual(expect.any(Array));
          }
        }
      } finally {
        await runner.query('reset statement_timeout');
        await runner.release();
      }
    },
    600_000,
  );
});

/** Word, text, and whether the text is hidden. */
const CASES: [string, string, boolean][] = [
  ['café', 'In the Café, at noon', true],
  ['cafe', 'in the cafe\u0301.', true],
  ['cafe\u0301', 'two cafés', true],
  ['école', "Retour à l'ÉCOLE", true],
  ['école', 'l’école', true],
  ['über', 'Über alles reden', true],
  ['über', 'darüber', false],
  ['война', 'ВОЙНА и мир', true],
  ['война', 'войнами', false],
  ['自殺', '彼は自殺について話した', true],
  ['자살', '자살을', true],
  ['cis', 'a précis of it', false],
  ['cis', 'precis, crisis, cistern', false],
  ['cis', 'as a CIS man', true],
  ["don't", 'I don’t know', true],
  ['don’t', "I DON'T know", true],
  ['dont', "I don't know", true],
  ["mother's day", 'on mothers day', true],
  ['ill', 'I’ll be there', false],
  ['ill', 'I am ill', true],
  ['hell', "he'll be there", false],
  ['shed', 'she’d like that', false],
  ['id', "I'd like that", false],
  ['were', 'we’re here', false],
  ['i’ll', "I'll be there", true],
  ['self-harm', 'about self harm', true],
  ['self harm', 'about Self‑Harm.', true],
  ['self-harm', 'yourself\nharmed', false],
  ['self-harm', 'about #selfharm', true],
  ['panic attack', 'two panicattacks', true],
  ['selfharm', 'about self-harm', true],
  ['selfharm', 'Self harm again', true],
  ['selfharm', 'she saw herself harmed', false],
  ['Panicattack', 'two panic attacks', true],
  ['breakups', 'after the break-up', true],
  ['therapist', 'the rapist', false],
  ['a cut', 'acut', false],
  ['自殺', '自 殺', true],
  ['mujer', 'las mujeres', true],
  ['canciones', 'una canción', true],
  ['Luz', 'sin luces', false],
  ['cruz', 'dos cruces', true],
  ['Spinne', 'überall Spinnen', true],
  ['Tabletten', 'eine Tablette', true],
  ['Beziehung', 'alle Beziehungen', true],
  ['car', 'she cares', false],
  ['war', 'wares', false],
  ['drive', 'driven', false],
  ['worse', 'worsen', false],
  ['انتحار', 'عن الانتحار', true],
  ['انتحار', 'والانتحار', true],
  ['حرب', 'محاربة', false],
  ['מוות', 'על המוות', true],
  ['מוות', 'תמותות', false],
  ['spider', 'Spiders everywhere', true],
  ['spiders', 'one spider', true],
  ['spider', "the spider's web", true],
  ['knife', 'knives', true],
  ['baby', 'babies', true],
  ['calories', 'one calorie', true],
  ['headache', 'headaches', true],
  ['child', 'two children', true],
  ['news', 'a new day', false],
  ['spid', 'spider', false],
  ['straße', 'STRASSE', true],
  ['łódź', 'ŁÓDŹ', true],
  ['ébola', 'el ÉBOLA', true],
  ['ébola', 'antiébola', false],
  ['💛', 'love💛you', true],
  ['👍', 'well done 👍🏽', true],
  ['💛', 'love 💙', false],
  ['c++', 'I write C++ at night', true],
  ['c++', 'vitamin c', false],
  ['100%', 'it is 100 percent', true],
  [':(', 'oh no :(', true],
  [':(', 'oh no', false],
  ['**', 'nothing', false],
];

describe.each([
  ['of the service', ''],
  ['under the locale C', `template template0 encoding 'UTF8' locale_provider libc locale 'C'`],
])('muted words in a database %s', (_name, settings) => {
  let client: pg.Client;
  let drop: () => Promise<void>;
  beforeAll(async () => {
    const made = settings === '' ? await newDatabase() : await newDatabase('', settings);
    if (settings !== '') await migrate(made.url);
    drop = made.drop;
    client = new pg.Client({ connectionString: made.url });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await drop();
  });

  it.each(CASES)('%s in "%s": %s', async (word, text, hidden) => {
    const { rows } = await client.query('select holds_muted_word($1, muted_forms($2)) as hidden', [
      text,
      word,
    ]);
    expect(rows).toEqual([{ hidden }]);
  });

  it('are folded as in the program', async () => {
    const every = Array.from({ length: 0x3100 }, (_, code) => code + 1)
      .filter((code) => code < 0xd800)
      .map((code) => String.fromCodePoint(code));
    const texts = [
      ...CASES.flatMap(([word, text]) => [word, text]),
      ...every.map((char) => `a${char}b ${char}`),
      ...['가나다', '漢字かなカナガ', '👩‍👧👍🏽', 'ＡＢＣ', "rock'n'roll o'clock we've"],
    ];
    const { rows } = await client.query<{ folded: string }>(
      'select fold_words(t) as folded from unnest($1::text[]) with ordinality u(t, n) order by n',
      [texts],
    );
    const differing = texts
      .map((text, at) => [text, foldWords(text), rows[at]?.folded ?? ''])
      .filter(([, ours, theirs]) => ours !== theirs);
    expect(differing).toEqual([]);
  });
});
