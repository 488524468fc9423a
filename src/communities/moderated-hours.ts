import type { Translator } from '../i18n/translator.js';
import { isModeratedNow, nextModerated, type ModeratedHours } from '../review/moderated-hours.js';

/** One honest sentence: who is there now, or when somebody is again. */
export function hoursInWords(i18n: Translator, hours: ModeratedHours, now: Date): string {
  if (isModeratedNow(hours, now)) return i18n.t('communities.hours.now');
  const next = nextModerated(hours, now);
  if (next === null) return i18n.t('communities.hours.none');
  const when = next.inDays === 0 ? 'today' : next.inDays === 1 ? 'tomorrow' : `day.${next.day}`;
  return i18n.t('communities.hours.again', {
    when: i18n.t(`communities.hours.${when}`),
    time: next.from,
  });
}
