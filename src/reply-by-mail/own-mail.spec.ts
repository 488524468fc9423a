import { describe, expect, it } from '@jest/globals';
import { messages, own, TOKEN } from '../../test/support/mail-reply.js';
import { parseMailReply } from './mail-reply.js';

const WORDS = 'Thank you for the tip about the book.\n\nIt helped me this morning.';

describe.each(messages.locales)('one of our emails in %s', (locale) => {
  const inIt = (key: string, params = {}): string => messages.text(locale, key, params);
  const ours = [
    inIt('mail.notice.hello'),
    '',
    inIt('mail.notice.text', { count: 1 }),
    '',
    `- ${inIt('notifications.kind.reply-to-post', { name: 'quiet-lamp' })} Awake again (and again)`,
    '',
    inIt('mail.notice.answer'),
    '',
    'https://boat.example/notifications/17',
    '',
    inIt('mail.word', { word: 'blue kettle' }),
    '',
    '--',
    inIt('mail.notice.why'),
    '',
    `${inIt('mail.leave')}:`,
    `https://boat.example/unsubscribe/${TOKEN}`,
  ].join('\n');

  it('is recognised in a reply, with and without quotation markers', () => {
    for (const below of [ours.replace(/^/gm, '> '), ours])
      expect(parseMailReply(`${WORDS}\n\n${below}`, own, '')).toMatchObject({
        text: WORDS,
        omits: false,
      });
  });
});
