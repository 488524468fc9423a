import { describe, expect, it } from '@jest/globals';
import { Messages } from '../i18n/messages.js';
import { Translator } from '../i18n/translator.js';
import type { PostRow } from '../posts/post.view.js';
import { titleDeletion } from './title-deletion.view.js';

const i18n = new Translator(new Messages(), 'en', new Date('2026-01-05T12:00:00Z'));
const opening = (facts: Partial<PostRow>): PostRow[] => [
  { id: '7', number: 1, mine: true, status: 'withdrawn', ...facts } as PostRow,
];

describe('the title of a thread whose opening was deleted', () => {
  it('can be deleted by its author', () => {
    expect(titleDeletion('What happened at work', opening({}), i18n)).toBe('/posts/7/delete-title');
  });

  it.each([
    ['is not shown to others', opening({ mine: false })],
    ['is deleted with the words, where they are there', opening({ status: 'published' })],
    ['is on the first page alone', opening({ number: 21 })],
  ])('%s', (_why, posts) => {
    expect(titleDeletion('What happened at work', posts, i18n)).toBeNull();
  });

  it.each(['gone', 'none'])('says nothing already: %s', (by) => {
    const title = i18n.t(`posts.take-back.title-${by}`);
    expect(titleDeletion(title, opening({}), i18n)).toBeNull();
  });
});
