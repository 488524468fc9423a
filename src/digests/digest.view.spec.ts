import { describe, expect, it } from '@jest/globals';
import { Messages } from '../i18n/messages.js';
import { Translator } from '../i18n/translator.js';
import type { DigestItems } from './digest-content.js';
import { digestGroups, digestLines } from './digest.view.js';

const i18n = new Translator(new Messages(), 'en', new Date('2026-06-01T12:00:00Z'));
const thread = (
  id: number,
  fields: Partial<DigestItems['threads'][number]> = {},
): DigestItems['threads'][number] => ({
  id: '1',
  threadId: String(id),
  title: `Thread ${id}`,
  replyWish: 'listen',
  contentWarnings: [],
  community: 'Nights',
  fresh: true,
  waits: false,
  ...fields,
});
const titles = (items: Partial<DigestItems>): [string, string[]][] =>
  digestGroups({ answers: [], threads: [], idea: null, ...items }, '', i18n).map((group) => [
    group.title,
    group.items.map(({ title }) => title),
  ]);

describe('a digest', () => {
  it('counts what exists and omits what does not', () => {
    const none = {
      answers: 0,
      mentions: 0,
      followed: 0,
      team: 0,
      own: 0,
      threads: 0,
      waiting: 0,
      idea: false,
    };
    expect(digestLines(none, i18n)).toEqual([]);
    expect(digestLines({ ...none, answers: 1, threads: 3, idea: true }, i18n)).toEqual([
      'One reply to you',
      '3 new conversations',
      'One idea to try, if you like',
    ]);
  });

  it('groups new threads by their reply wish, a few of each', () => {
    const threads = [
      ...[1, 2, 3, 4, 5, 6, 7].map((id) => thread(id)),
      thread(8, { replyWish: 'advice' }),
    ];
    expect(titles({ threads })).toEqual([
      [
        'New, and looking for someone to listen',
        ['Thread 1', 'Thread 2', 'Thread 3', 'Thread 4', 'Thread 5'],
      ],
      ['New, and asking for ideas to try', ['Thread 8']],
    ]);
  });

  it('lists the longest waiting threads first, and none twice', () => {
    const threads = [
      thread(1, { waits: true }),
      thread(2, { fresh: false, waits: true }),
      thread(3, { fresh: false, waits: true }),
    ];
    expect(titles({ threads })).toEqual([
      ['New, and looking for someone to listen', ['Thread 1']],
      ['Nobody has replied to these yet', ['Thread 3', 'Thread 2']],
    ]);
  });

  it('names a thread once, however many posts in it are new', () => {
    const row = (number: number, kind: string): DigestItems['answers'][number] => ({
      id: '1',
      kind,
      threadId: '7',
      number,
      title: 'Fireworks',
      contentWarnings: [],
      handle: number === 4 ? 'gravel-road' : 'blue-thermos',
      aliasName: null,
    });
    const groups = digestGroups(
      {
        answers: [row(4, 'reply-followed'), row(3, 'reply-followed'), row(2, 'mentioned')],
        threads: [thread(7), thread(8)],
        idea: null,
      },
      '',
      i18n,
    );
    expect(groups.map(({ items }) => items)).toEqual([
      [
        {
          href: '/t/7#post-3',
          title: 'Fireworks',
          text: '2 new posts, the newest from gravel-road.',
        },
        {
          href: '/t/7#post-2',
          title: 'Fireworks',
          text: 'blue-thermos mentioned you. You do not have to reply.',
        },
      ],
      [expect.objectContaining({ href: '/t/8' })],
    ]);
  });

  it('omits a title with a content note', () => {
    expect(titles({ threads: [thread(1, { contentWarnings: ['medication'] })] })[0]?.[1]).toEqual([
      expect.stringMatching(/^A thread with a content note: /),
    ]);
  });
});
