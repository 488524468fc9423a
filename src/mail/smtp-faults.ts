import { DAY, HOUR, MINUTE } from '../kernel/clock.js';

/**
 * An email that a server keeps deferring is given up after this, in milliseconds, as mail servers do
 * (RFC 5321, 4.5.4.1).
 */
export const GIVEN_UP_AFTER = 5 * DAY;

/**
 * What follows from a fault: `server` stops all emails for now, `wait` defers this one by `ms`
 * milliseconds, `final` refuses this one for good.
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

/** The SMTP reply code of a fault; 0 where the server gave none. */
export function codeOf(fault: unknown): number {
  return (fault as Fault).responseCode ?? 0;
}

/**
 * Decides what follows from a fault. A deferral of one email says nothing about the next; a server
 * that cannot be reached, or closes (421), defers all. A mailbox that is busy or full, and
 * greylisting (450 to 452), need longer than a passing fault.
 * @param attempts that were made, this one counted
 * @param age of the mail in milliseconds
 */
export function reactionTo(fault: unknown, attempts: number, age: number): Reaction {
  const code = codeOf(fault);
  if (code >= 500 && code < 600) return { kind: 'final' };
  if (code < 400 || code === 421) return { kind: 'server' };
  if (age > GIVEN_UP_AFTER) return { kind: 'final' };
  const [first, longest] = code >= 450 && code <= 459 ? [15 * MINUTE, 6 * HOUR] : [MINUTE, HOUR];
  return { kind: 'wait', ms: Math.min(longest, first * 2 ** Math.min(attempts - 1, 20)) };
}

/**
 * Whether the recipient's server says that the mailbox does not exist. A refusal for reasons of
 * policy (5.7) says nothing about the mailbox.
 */
export function isUnknownMailbox(fault: unknown): boolean {
  const { responseCode = 0, command, response = '' } = fault as Fault;
  return (
    command === 'RCPT TO' && [550, 551, 553].includes(responseCode) && !/\b5\.7\.\d/.test(response)
  );
}
