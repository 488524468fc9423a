import { DAY, HOUR, MINUTE } from '../kernel/clock.js';

/**
 * After so long a mail that a server kept putting off is given up, as mail servers do (RFC 5321,
 * 4.5.4.1).
 */
export const GIVEN_UP_AFTER = 5 * DAY;

/**
 * What follows from a fault: `server` says it about all mails, `wait` about this one, `final` about
 * this one for good.
 */
export type Reaction =
  | { readonly kind: 'server' }
  | { readonly kind: 'final' }
  | { readonly kind: 'wait'; readonly ms: number };

interface Fault {
  responseCode?: number;
  command?: string;
  response?: string;
}

export function codeOf(fault: unknown): number {
  return (fault as Fault).responseCode ?? 0;
}

/**
 * "Not now" about one mail says nothing about the next; a server that cannot be reached, or goes
 * (421), says it about all. A mailbox that is busy or full, or a server that wants to see us again
 * (450 to 452, greylisting), needs longer than a passing fault.
 * @param attempts that were made, this one counted
 * @param age of the mail in milliseconds
 */
export function reactionTo(fault: unknown, attempts: number, age: number): Reaction {
  const code = codeOf(fault);
  if (code >= 500 && code < 600) return { kind: 'final' };
  if (code < 400 || code === 421) return { kind: 'server' };
  if (age > GIVEN_UP_AFTER) return { kind: 'final' };
  const [first, most] = code >= 450 && code <= 459 ? [15 * MINUTE, 6 * HOUR] : [MINUTE, HOUR];
  return { kind: 'wait', ms: Math.min(most, first * 2 ** Math.min(attempts - 1, 20)) };
}

/**
 * The mailbox is not there, said by the server that would know; a refusal for reasons of policy
 * (5.7) says nothing about the mailbox.
 */
export function isUnknownMailbox(fault: unknown): boolean {
  const { responseCode = 0, command, response = '' } = fault as Fault;
  return (
    command === 'RCPT TO' && [550, 551, 553].includes(responseCode) && !/\b5\.7\.\d/.test(response)
  );
}
