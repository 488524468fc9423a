import { DAY, HOUR, MINUTE } from '../kernel/clock.js';
import { readRefusal, refusalKey } from './refusals.js';
import type { BounceDetails } from './suppressions.js';

/**
 * Milliseconds after which an email that a server keeps deferring is given up, as mail servers do
 * (RFC 5321, 4.5.4.1).
 */
export const GIVE_UP_AFTER = 5 * DAY;

/**
 * How to react to an error: `server` stops all emails for now, `wait` defers this one by `ms`
 * milliseconds, `final` rejects this one permanently.
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

/** The SMTP reply code of an error; 0 if there is none. */
export function codeOf(fault: unknown): number {
  return (fault as Fault).responseCode ?? 0;
}

/**
 * Decides how to react to an error. A deferral of one email says nothing about the next; a server
 * that is unreachable or closes the connection (421) defers all. A busy or full mailbox, and
 * greylisting (450 to 452), need longer than a temporary fault.
 * @param attempts number of attempts, including this one
 * @param age of the email in milliseconds
 */
export function reactionTo(fault: unknown, attempts: number, age: number): Reaction {
  const code = codeOf(fault);
  if (code >= 500 && code < 600) return { kind: 'final' };
  if (code < 400 || code === 421) return { kind: 'server' };
  if (age > GIVE_UP_AFTER) return { kind: 'final' };
  const [first, longest] = code >= 450 && code <= 459 ? [15 * MINUTE, 6 * HOUR] : [MINUTE, HOUR];
  return { kind: 'wait', ms: Math.min(longest, first * 2 ** Math.min(attempts - 1, 20)) };
}

/**
 * What a permanent rejection says about the mailbox or this server. Only the reply to `RCPT TO`
 * concerns a mailbox; later replies concern the email.
 * @returns null for a deferral, and if there is nothing to record
 */
export function bounceOf(fault: unknown): BounceDetails | null {
  const { command, response = '' } = fault as Fault;
  const reply = codeOf(fault);
  if (reply < 500 || reply > 599) return null;
  const refusal = readRefusal(response, null);
  const details = {
    code: refusal.code ?? String(reply),
    refusal: refusalKey(response, refusal),
  };
  if (refusal.cause === 'sender') return { kind: 'sender', ...details };
  if (command !== 'RCPT TO') return null;
  return { kind: refusal.cause === 'mailbox' ? 'hard' : 'soft', ...details };
}
