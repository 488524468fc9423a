import { describe, expect, it } from '@jest/globals';
import { digest, readListMail, parseOrSkip } from './mbox-message.js';
import type { ImportMessages } from './words.js';

const words = { file: '[file]', address: '[address]', number: '[number]' } as ImportMessages;
const message = (text: string) => ({
  envelope: 'From anna@posts.example Sat Jan  3 01:05:34 2015',
  raw: Buffer.from(text),
  cut: false,
});
const mail = message(
  'From: Anna <anna@posts.example>\nSubject: Tea\nMessage-ID: <tea@posts.example>\n' +
    'Date: Sat, 3 Jan 2015 01:05:34 +0000\n\nTea helps. Write to bea@posts.example.\n',
);

describe('a mail of an archive', () => {
  it('is parsed without contact details', async () => {
    expect(await parseOrSkip(mail, 'list', words)).toMatchObject({
      id: digest('tea@posts.example'),
      body: 'Tea helps. Write to [address].',
      losses: ['contact-in-text'],
    });
  });

  it('is omitted with its id if it cannot be parsed', async () => {
    const broken: typeof readListMail = () => Promise.reject(new Error('words of the mail'));
    expect(await parseOrSkip(mail, 'list', words, broken)).toEqual({
      id: digest('tea@posts.example'),
      leftOut: 'unreadable-mail',
    });
    const bare = message('no head');
    expect(await parseOrSkip(bare, 'list', words, broken)).toEqual({
      id: digest(bare.raw),
      leftOut: 'unreadable-mail',
    });
  });
});
