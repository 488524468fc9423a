import type {
  ImportedMember,
  ImportedPost,
  ImportRecord,
  ImportSource,
} from '../../src/import/source.js';

export const at = (day: number, hour = 0): Date => new Date(Date.UTC(2019, 0, day, hour));

const member = (id: string, name: string, more: Partial<ImportedMember> = {}): ImportRecord => ({
  ...{ kind: 'member', id, name, email: `${id}@posts.example`, joinedAt: at(1), banned: false },
  ...more,
});
/** A post whose id consists of a letter and the hour at which it was written. */
export const post = (
  id: string,
  topicId: string,
  more: Partial<ImportedPost> = {},
): ImportRecord => ({
  ...{ kind: 'post', id, topicId, memberId: 'a', answers: null, body: `Words of ${id}.` },
  ...{ createdAt: at(5, Number(id.slice(1))), editedAt: null },
  ...more,
});
const topic = (id: string, categoryId: string, title = `A topic ${id}`): ImportRecord => ({
  ...{ kind: 'topic', id, categoryId, title, createdAt: at(5), closed: id === 't2' },
});

export const LONG_TITLE = 'A title that goes on and on '.repeat(6).trim();
/** A forum with every kind of record that an import includes or omits. */
export const RECORDS: ImportRecord[] = [
  member('a', 'blue_heron'),
  member('b', 'kettle', { email: null }),
  member('c', 'trouble', { banned: true }),
  member('d', 'elsewhere', { email: 'here@posts.example' }),
  member('e', 'waiting', { email: 'unsure@posts.example' }),
  member('f', 'Blue-Heron', { email: 'a@posts.example' }),
  { kind: 'category', id: '1', name: 'Sleep', description: 'Of nights.', isPrivate: false },
  { kind: 'category', id: '2', name: 'Team', description: null, isPrivate: true },
  { kind: 'category', id: '3', name: 'Work', description: null, isPrivate: false },
  topic('t1', '1', LONG_TITLE),
  topic('t2', '1', 'Hi'),
  topic('t3', '2'),
  topic('t4', '3'),
  topic('t5', '9'),
  topic('t6', '1'),
  post('p1', 't1', { body: 'A **zeppelin** of words.\n\n> quoted', editedAt: at(9) }),
  post('p2', 't1', { memberId: 'b', answers: 'p1', folded: true }),
  post('p3', 't2', { memberId: 'c', body: ' ' }),
  post('p4', 't2', { memberId: 'd', answers: 'p1' }),
  post('p5', 't3'),
  post('p6', 't2', { memberId: 'e', body: '\0 ' }),
  post('p7', 't2', { memberId: 'e', body: 'half \ud83d sign' }),
  post('p8', 't9'),
  post('p9', 't2', { memberId: null, answers: 'p4', createdAt: new Date('2999-01-01') }),
  { kind: 'loss', what: 'private-message', id: '77' },
  { kind: 'loss', what: 'image', id: 'p1' },
];

/** @param most number of posts after which the source ends, simulating a kill */
export function sourceOf(records: readonly ImportRecord[], most = Infinity): ImportSource {
  return {
    async *records() {
      let count = 0;
      for (const record of records) {
        await Promise.resolve();
        if (record.kind === 'post' && (count += 1) > most) throw new Error('killed');
        yield record;
      }
    },
  };
}
