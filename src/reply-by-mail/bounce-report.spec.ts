import { describe, expect, it } from '@jest/globals';
import { kindOfStatus, readReport } from './bounce-report.js';

const MARK = '0123456789abcdef0123456789abcdef';
const ADDRESS = 'bounce@boat.example';

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
  `Reporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; ann@mail.example\r\nAction: ${action}\r\nStatus: ${code}\r\nDiagnostic-Code: smtp; 550 no such mailbox\r\n`;

describe('a report of a mail server', () => {
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
      { mark: MARK, kind: 'soft', code: '5.7.1' },
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
    expect(await readReport(raw, ADDRESS)).toEqual(expected);
  });

  it.each([
    ['5.1.1', 'hard'],
    ['5.1.10', 'hard'],
    ['5.2.1', 'hard'],
    ['5.0.0', 'hard'],
    ['5.2.2', 'soft'],
    ['5.3.4', 'soft'],
    ['5.7.26', 'soft'],
    ['4.2.2', 'soft'],
  ])('%s is %s', (code, kind) => {
    expect(kindOfStatus(code)).toBe(kind);
  });
});
