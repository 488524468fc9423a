import { DAY, later } from '../../kernel/clock.js';
import type { Action } from '../core/actions.js';

/** Milliseconds after which a decision no longer counts, as the guidelines promise. */
export const EXPIRES_AFTER = 183 * DAY;

/**
 * When a decision stops counting; null if it never counts against anybody. A pause counts for this
 * long after its end.
 */
export function expiresAt(action: Action, at: Date, endsAt: Date | null): Date | null {
  if (action === 'warn' || action === 'return' || action === 'hide' || action === 'remove')
    return later(at, EXPIRES_AFTER);
  return action === 'suspend' && endsAt !== null ? later(endsAt, EXPIRES_AFTER) : null;
}
