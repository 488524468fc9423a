import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readReport } from './bounce-report.js';

const MARK = '0123456789abcdef0123456789abcdef';
const ADDRESS = 'bounce@boat.example';
const bounce = (name: string): Buffer =>
  readFileSync(join('test', 'fixtures', 'mail-bounces', `${name}.eml`));

function report(type: string, part: string, to = `bounce+${MARK}@boat.example`): string {
  return [
    'From: MAILER-DAEMON@mx.example',
    `To: <${to}>`,
    'Subject: Report',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; boundary=b',
    '',
    '--b',
    'Content-Type: text/plain',
    '',
    'It did not arrive.',
    '--b',
    `Content-Type: message/${type}`,
    '',
    part,
    '--b',
    'Content-Type: text/rfc822-headers',
    '',
    'Subject: You have a message',
    '--b--',
    '',
  ].join('\r\n');
}
const status = (action: string, code: string): string =>
  [
    'Reporting-MTA: dns; mx.example',
    '',
    'Final-Recipient: rfc822; ann@mail.example',
    `Action: ${action}`,
    `Status: ${code}`,
    '',
  ].join('\r\n');

describe('readReport', () => {
  it.each<[string, string, object | null]>([
    [
      'of a mailbox that is not there',
      report('delivery-status', status('failed', '5.1.1')),
      { mark: MARK, kind: 'hard', code: '5.1.1' },
    ],
    [
      'of a full mailbox',
      report('delivery-status', status('failed', '5.2.2')),
      { mark: MARK, kind: 'soft', code: '5.2.2' },
    ],
    [
      'of a refusal for reasons of policy',
      report('delivery-status', status('failed', '5.7.1 (spam)')),
      { mark: MARK, kind: 'sender', code: '5.7.1' },
    ],
    [
      'of giving up',
      report('delivery-status', status('failed', '4.4.7')),
      { mark: MARK, kind: 'soft', code: '4.4.7' },
    ],
    ['of being late', report('delivery-status', status('delayed', '4.4.1')), null],
    ['of having arrived', report('delivery-status', status('delivered', '2.0.0')), null],
    [
      'of a complaint',
      report('feedback-report', 'Feedback-Type: abuse\r\nUser-Agent: x\r\nVersion: 1\r\n'),
      { mark: MARK, kind: 'complaint', code: 'abuse' },
    ],
    [
      'of a complaint taken back',
      report('feedback-report', 'Feedback-Type: not-spam\r\nVersion: 1\r\n'),
      null,
    ],
    [
      'about a mail that is not ours',
      report('delivery-status', status('failed', '5.1.1'), 'bounce@boat.example'),
      null,
    ],
    [
      'in capitals',
      report(
        'delivery-status',
        status('failed', '5.1.1'),
        `BOUNCE+${MARK.toUpperCase()}@BOAT.EXAMPLE`,
      ),
      { mark: MARK, kind: 'hard', code: '5.1.1' },
    ],
    [
      'that is a mail like any other',
      `To: bounce+${MARK}@boat.example\r\nSubject: Hello\r\n\r\nWords.\r\n`,
      null,
    ],
    ['that is nothing', `bounce+${MARK}@boat.example`, null],
  ])('%s', async (_what, raw, expected) => {
    const found = await readReport(raw, ADDRESS);
    expect(
      found === null ? null : { mark: found.mark, kind: found.kind, code: found.code },
    ).toEqual(expected);
  });

  it.each<[string, string, string | null]>([
    ['qmail-gone', 'hard', '5.1.1'],
    ['qmail-local', 'hard', '5.1.1'],
    ['qmail-full', 'soft', '5.2.2'],
    ['qmail-sender', 'sender', '5.7.1'],
    ['qmail-two', 'hard', null],
    ['exim-older-gone', 'hard', '5.1.1'],
    ['exim-older-full', 'soft', '5.2.2'],
    ['exim-older-unrouteable', 'hard', null],
    ['delayed-then-failed', 'hard', '5.1.1'],
    ['delivered-and-failed', 'soft', '5.1.1'],
    ['full-then-gone', 'hard', '5.1.1'],
    ['expired', 'soft', '4.2.0'],
    ['exchange', 'hard', '5.1.10'],
    ['gmail', 'hard', '5.1.1'],
    ['global-base64', 'hard', '5.1.1'],
  ])('in the form of %s gives %s', async (file, kind, code) => {
    const found = await readReport(bounce(`other/${file}`), ADDRESS);
    expect(found).toMatchObject({ mark: MARK, kind, code, domain: 'far.example' });
  });

  it.each(['exim-older-delayed', 'delayed'])('that is only late is none: %s', async (file) => {
    expect(await readReport(bounce(`other/${file}`), ADDRESS)).toBeNull();
  });

  it('ignores the content of the returned email', async () => {
    const raw = bounce('other/qmail-full').toString('utf8');
    const quoting = raw.replace('Something is waiting', '<gone@far.example>:\nNo such user.\n\nX');
    expect((await readReport(quoting, ADDRESS))?.kind).toBe('soft');
  });
});
