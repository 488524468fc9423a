import { describe, expect, it } from '@jest/globals';
import { Messages } from '../../i18n/messages.js';
import {
  INBOX,
  isNoticeKind,
  noticeKindsMailedAs,
  kindsOf,
  MAIL_KINDS,
  NOTICE_KINDS,
  noticeKind,
  SECTIONS,
} from './notice-kinds.js';

const names = Object.keys(NOTICE_KINDS);
const messages = new Messages();

describe('notice kinds', () => {
  it('have a message each, and no message is unused', () => {
    const words = messages
      .keys('en')
      .filter((key) => key.startsWith('notifications.kind.'))
      .map((key) => key.slice('notifications.kind.'.length));
    expect(names.length).toBeGreaterThan(10);
    expect(words.sort()).toEqual([...names, 'other'].sort());
  });

  it('belong to one tab and one choice each', () => {
    expect(SECTIONS.flatMap(kindsOf).sort()).toEqual([...names].sort());
    expect(MAIL_KINDS.flatMap(noticeKindsMailedAs).sort()).toEqual([...names].sort());
  });

  it('link to a page of this site, even if parts of their target are missing', () => {
    const targets = [
      { threadId: '7', number: 41, subjectId: null },
      { threadId: null, number: null, subjectId: '9' },
      { threadId: null, number: null, subjectId: null },
    ];
    for (const name of names)
      for (const target of targets) expect(noticeKind(name).path(target)).toMatch(/^\/[a-z-]+/);
    expect(
      noticeKind('reply-to-post').path(
        targets[0] ?? { threadId: null, number: null, subjectId: null },
      ),
    ).toBe('/t/7?page=3#post-41');
    expect(noticeKind('decision').path({ threadId: null, number: null, subjectId: '9' })).toBe(
      '/decisions/9',
    );
  });

  it('unknown to this version link to the inbox', () => {
    for (const name of ['from-tomorrow', 'constructor', 'toString']) {
      expect(isNoticeKind(name)).toBe(false);
      expect(noticeKind(name).path({ threadId: '7', number: 1, subjectId: '1' })).toBe(INBOX);
    }
  });
});
