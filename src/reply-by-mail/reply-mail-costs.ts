import { composeReply } from './compose-reply.js';
import { readIncoming } from './incoming.js';
import type { OwnMail } from './own-mail.js';

/** A row of the table of `npm run bench`. */
export interface CostLine {
  readonly what: string;
  readonly figure: string;
  readonly reference: string;
  readonly ratio: number | null;
  readonly goal: string;
}

const ADDRESS = 'reply@boat.example';
const TOKEN = '0123456789abcdef0123456789abcdef01234567';
const WORDS = 'I have been awake since four, and the kettle was good company. ';
const HEAD = [
  'From: Ann Example <ann@example.org>',
  `To: reply+${TOKEN}@boat.example`,
  'Subject: Re: You have a message',
  'Message-ID: <one@example.org>',
  'MIME-Version: 1.0',
  '',
].join('\r\n');

/** What makes an email long. */
export const MAIL_KINDS = [
  'a long text',
  'a quotation',
  'HTML alone',
  'nested HTML',
  'an attachment',
] as const;
export type MailKind = (typeof MAIL_KINDS)[number];

/** @param size approximate size of the email in bytes */
export function longMail(kind: MailKind, size: number): Buffer {
  const times = (piece: string): string => piece.repeat(Math.ceil(size / piece.length));
  const plain = 'Content-Type: text/plain; charset=utf-8\r\n\r\n';
  const html = 'Content-Type: text/html; charset=utf-8\r\n\r\n';
  const bodies: Record<MailKind, () => string> = {
    'a long text': () => plain + times(`${WORDS}\r\n`),
    'a quotation': () => `${plain}${WORDS}\r\n\r\n${times(`> ${WORDS}\r\n`)}`,
    'HTML alone': () => html + times(`<p style="margin:0">${WORDS}</p>\r\n`),
    'nested HTML': () => {
      const row = `<table><tr><td>${WORDS}</td></tr></table>\r\n`;
      return html + '<blockquote>'.repeat(100) + times(row);
    },
    'an attachment': () =>
      [
        'Content-Type: multipart/mixed; boundary=part',
        '',
        '--part',
        `${plain}${WORDS}`,
        '--part',
        'Content-Type: image/png',
        'Content-Disposition: attachment; filename=one.png',
        'Content-Transfer-Encoding: base64',
        '',
        times(`${'A'.repeat(76)}\r\n`),
        '--part--',
        '',
      ].join('\r\n'),
  };
  return Buffer.from(HEAD + bodies[kind]());
}

/** Parses an email and composes its reply, without storing it. */
export async function readReply(
  mail: Buffer,
  own: OwnMail,
  isGraver: (part: string, body: string) => boolean,
): Promise<void> {
  const incoming = await readIncoming(mail, ADDRESS);
  if (incoming !== null) composeReply(incoming, own, isGraver);
}

const [KIB, MIB] = [1024, 1024 * 1024];

/**
 * The cost of processing a reply by email: the 95th percentile for 200 KB, and the growth up to 10
 * MB.
 * @param own from `ownMail`
 * @param isGraver as in `composeReply`
 */
export async function replyMailCosts(
  own: OwnMail,
  isGraver: (part: string, body: string) => boolean,
  rounds = 60,
): Promise<CostLine[]> {
  const measure = async (mail: Buffer): Promise<number> => {
    const began = performance.now();
    await readReply(mail, own, isGraver);
    return performance.now() - began;
  };
  const lines: CostLine[] = [];
  for (const kind of MAIL_KINDS) {
    const mail = longMail(kind, 200 * KIB);
    for (let n = 0; n < 5; n += 1) await measure(mail);
    const times: number[] = [];
    for (let n = 0; n < rounds; n += 1) times.push(await measure(mail));
    times.sort((a, b) => a - b);
    const p95 = times[Math.ceil(times.length * 0.95) - 1] ?? 0;
    const [one, ten] = [
      await measure(longMail(kind, MIB)),
      await measure(longMail(kind, 9.5 * MIB)),
    ];
    lines.push({
      what: `reply by mail, 200 KB, ${kind}`,
      figure: `p95 ${p95.toFixed(1)} ms`,
      reference: `1 MB ${one.toFixed(0)} ms, 9.5 MB ${ten.toFixed(0)} ms`,
      ratio: ten / (9.5 * one),
      goal: 'p95 50 ms, ratio about 1',
    });
  }
  return lines;
}
