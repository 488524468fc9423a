import { DAY } from '../kernel/clock.js';
import type { HelplineRow } from './helpline-rows.js';

/** A line is compared with its source every three months (docs/helplines.md). */
export const CHECK_EVERY_DAYS = 90;
/** Administrators are reminded this long before. */
export const REMIND_DAYS_BEFORE = 14;

/** @returns the first moment of the day on which a check has run out; null where none was made */
export function checkExpires(row: Pick<HelplineRow, 'checkedOn'>): Date | null {
  if (row.checkedOn === null) return null;
  return new Date(Date.parse(`${row.checkedOn}T00:00:00Z`) + CHECK_EVERY_DAYS * DAY);
}

/** Whether a line that readers see has to be checked again within the days of the reminder. */
export function isDueSoon(row: Pick<HelplineRow, 'checkedOn' | 'shown'>, now: Date): boolean {
  if (!row.shown) return false;
  const expires = checkExpires(row);
  return expires === null || expires.getTime() - REMIND_DAYS_BEFORE * DAY <= now.getTime();
}
