/** Replies of a recipient's server to `RCPT TO`, by the local part for which it sends them. */
export const REFUSALS = {
  gone: '550 5.1.1 <gone@far.example>: Recipient address rejected: User unknown',
  unknown: '550 No such user here',
  several: '550-5.1.1 The email account that you tried to reach does not exist.\r\n550 5.1.1 Bye',
  disabled: '550 5.2.1 The mailbox is disabled',
  full: '552 5.2.2 Mailbox full',
  quota: '552 Over quota',
  large: '552 5.3.4 Message too big for system',
  silent: '550 Administrative prohibition',
  sender: '550 5.1.8 <post@boat.example>: Sender address rejected: Domain not found',
  blocked: '554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using list.example',
  spam: '550 High probability of spam',
  policy: '550 5.7.26 Unauthenticated mail is not accepted from boat.example',
} as const;
export type RefusalName = keyof typeof REFUSALS;
export const REFUSAL_NAMES = Object.keys(REFUSALS) as RefusalName[];

/** A row of the table in docs/mail.md. */
export function bounceRow(name: RefusalName, cells: readonly string[]): string {
  const said = REFUSALS[name].replace('\r\n', ' / ').replaceAll('|', '\\|');
  return `| \`${said}\` | ${cells.join(' | ')} |`;
}

export const READ_AS = {
  hard: 'gone: stopped',
  soft: 'passing: counted',
  sender: 'this server: nobody stopped',
  complaint: 'complaint: stopped',
} as const;
