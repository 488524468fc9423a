import { DAY } from '../kernel/clock.js';
import type { HelplineRow } from './helpline-rows.js';

/** How often a line is compared with its source (docs/helplines.md). */
export const CHECK_EVERY_DAYS = 90;
/** How long before that administrators are reminded. */
export const REMIND_DAYS_BEFORE = 14;

/** @returns the start of the day on which the last check expires; null if it was never checked */
export function checkExpires(row: Pick<HelplineRow, 'checkedOn'>): Date | null {
  if (row.checkedOn === null) return null;
  return new Date(Date.parse(`${row.checkedOn}T00:00:00Z`) + CHECK_EVERY_DAYS * DAY);
}

/** Whether a visible line must be checked again within the reminder period. */
export function isDueSoon(row: Pick<HelplineRow, 'checkedOn' | 'shown'>, now: Date): boolean {
  if (!row.shown) return false;
  const expires = checkExpires(row);
  return expires === null || expires.getTime() - REMIND_DAYS_BEFORE * DAY <= now.getTime();
}
