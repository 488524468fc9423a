import type { Words } from '../kernel/words.js';
import { isModeratedNow, nextModerated, type ModeratedHours } from '../safety/moderated-hours.js';

/** One honest sentence: who is there now, or when somebody is again. */
export function hoursInWords(words: Words, hours: ModeratedHours, now: Date): string {
  if (isModeratedNow(hours, now)) return words.t('communities.hours.now');
  const next = nextModerated(hours, now);
  if (next === null) return words.t('communities.hours.none');
  const when = next.inDays === 0 ? 'today' : next.inDays === 1 ? 'tomorrow' : `day.${next.day}`;
  return words.t('communities.hours.again', {
    when: words.t(`communities.hours.${when}`),
    time: next.from,
  });
}
