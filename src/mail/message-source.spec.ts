import { describe, expect, it } from '@jest/globals';
import MailComposer from 'nodemailer/lib/mail-composer';
import type MimeNode from 'nodemailer/lib/mime-node';
import { encodeAtOnce, messageSource } from './message-source.js';

const SHORT = 'Words.\n';
const LONG = `A line of ${'many words '.repeat(30)}with = and a trailing space \n.\n..\n\tÄ “quote”\n`;

function compiled(text: string, html: string, more: object = {}): MimeNode {
  return new MailComposer({
    from: { name: 'Grüße, “you”', address: 'post@boat.example' },
    to: 'ann@mail.example',
    subject: 'Du hast eine Nachricht – “lies sie”, wenn du magst, und nimm dir dafür alle Zeit',
    date: new Date(0),
    messageId: '<one@boat.example>',
    headers: { 'List-Unsubscribe': `<https://boat.example/unsubscribe/${'x'.repeat(90)}>` },
    baseBoundary: 'same',
    text,
    html,
    ...more,
  } as object).compile();
}

function streamed(node: MimeNode): Promise<string> {
  return new Promise((resolve, reject) =>
    node.build((error, source) => (error === null ? resolve(String(source)) : reject(error))),
  );
}

describe('a message encoded at once', () => {
  it.each([
    ['short', SHORT, `<p>${SHORT}</p>`],
    ['long', LONG, `<a href="https://boat.example/?a=1&b=2">${LONG.repeat(40)}</a>`],
    ['in another script', '言葉をゆっくり読んでください。\n'.repeat(40), `<p>😀 ${LONG}</p>`],
    ['ending in spaces', 'Words  ', '<p>é</p>\t'],
  ])('is the one that Nodemailer streams: %s', async (_, text, html) => {
    const source = messageSource(compiled(text, html));
    expect(source).toBe(await streamed(compiled(text, html)));
    for (const signed of [true, false]) {
      const message = compiled(text, html);
      encodeAtOnce(signed)({ message }, () => undefined);
      expect(await streamed(message)).toBe(source);
    }
  });

  it('leaves a message with a part that is not in memory to Nodemailer', () => {
    expect(
      messageSource(compiled(SHORT, SHORT, { attachments: [{ path: '/dev/null' }] })),
    ).toBeNull();
  });
});
