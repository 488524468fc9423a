import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { newDatabase } from '../../test/support/databases.js';
import { testDatabase } from '../../test/support/database.js';
import { Messages } from '../i18n/messages.js';
import { Translator } from '../i18n/translator.js';
import { containsAllSql, ownPosts } from './mine.queries.js';
import { likePatterns } from './mine.service.js';
import { ownContentView } from './mine.view.js';

/** Databases created before non-ASCII letters were folded, and new ones. */
describe.each([
  ['of its own', ''],
  ['with the locale C', `template0 locale_provider libc locale 'C'`],
])('searching own content in a database %s', (_name, template) => {
  let client: pg.Client;
  let drop: () => Promise<void>;

  beforeAll(async () => {
    const made = await newDatabase(template);
    drop = made.drop;
    client = new pg.Client({ connectionString: made.url });
    await client.connect();
    await client.query('create extension unaccent');
  });
  afterAll(async () => {
    await client.end();
    await drop();
  });

  it.each([
    ['ÉXITO', 'éxito', true],
    ['Éxito', 'EXITO', true],
    ['mañana', 'MAÑANA', true],
    ['Œuvre', 'oeuvre', true],
    ['éxito', 'exits', false],
  ])('searches %s with %s: %s', async (text, words, found) => {
    const sql = `select ${containsAllSql('$1::text', '$2')} as found`;
    const { rows } = await client.query(sql, [text, likePatterns(words)]);
    expect(rows).toEqual([{ found }]);
  });
});

describe('the beginning of an own text', () => {
  it('ends at a grapheme boundary, however many code points it has', async () => {
    const db = await testDatabase();
    try {
      const family = '👨‍👩‍👧‍👦';
      const author = await db.make.member('mia');
      await db.make.community({ slug: 'here' });
      const thread = await db.make.thread({ community: 'here', author: 'mia' });
      await db.make.rows('update posts set body = $2 where thread_id = $1', [
        thread,
        family.repeat(100),
      ]);
      const posts = await db.sql.rows(ownPosts, {
        memberId: author,
        patterns: [],
        beforeThisId: '9223372036854775807',
        limit: 2,
      });
      const i18n = new Translator(new Messages(), 'en', db.clock.now());
      const facts = { q: '', first: true, posts, drafts: [], saves: [], searches: [] };
      const text = ownContentView(facts, i18n).posts[0]?.text ?? '';
      expect(text.length).toBeGreaterThan(200);
      expect(text.replaceAll(family, '').trim()).toBe('…');
    } finally {
      await db.close();
    }
  });
});
