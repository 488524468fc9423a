import type { Translator } from '../i18n/translator.js';
import type { AccessibleThread } from './thread-access.queries.js';
import { LOCK_HOURS, SLOW_MINUTES } from './thread.dto.js';

/** The moderators' forms: lock and slow mode. */
export interface ThreadLockView {
  unlock: boolean;
  lock: { value: number; label: string; selected: boolean }[];
  slow: { value: number; label: string; selected: boolean }[];
}

export function threadLockView(thread: AccessibleThread, i18n: Translator): ThreadLockView {
  return {
    unlock: thread.lockedAt !== null,
    lock: LOCK_HOURS.map((value) => ({
      value,
      label: i18n.t('threads.lock.hours', { hours: value }),
      selected: value === 24,
    })),
    slow: SLOW_MINUTES.map((value) => ({
      value,
      label: i18n.t('threads.slow.minutes', { minutes: value }),
      selected: value === thread.slowMinutes,
    })),
  };
}
