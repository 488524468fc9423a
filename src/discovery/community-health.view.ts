import { durationInWords, type FitFact } from '../communities/fit-facts.js';
import type { Translator } from '../i18n/translator.js';
import type { HealthRow } from './community-health.queries.js';
import type { Health } from './community-health.service.js';

interface HealthView {
  slug: string;
  name: string;
  facts: FitFact[];
  weeks: { week: string; threads: number; answered: number; first: string }[];
}

export function healthView(
  community: { slug: string; name: string },
  { figures, weeks }: Health,
  i18n: Translator,
): HealthView {
  return {
    slug: community.slug,
    name: community.name,
    facts: figures === null ? [] : figureFacts(figures, i18n),
    weeks: weeks.map((week) => ({
      week: i18n.calendarDay(week.week),
      threads: week.threads,
      answered: week.answered,
      first: week.minutes === null ? '–' : durationInWords(week.minutes, i18n),
    })),
  };
}

function figureFacts(row: HealthRow, i18n: Translator): FitFact[] {
  return [
    {
      label: i18n.t('finding.health.waiting'),
      text: i18n.t('finding.health.waiting-count', {
        count: row.waiting,
        since: row.longest === null ? '' : i18n.when(row.longest),
      }),
    },
    {
      label: i18n.t('finding.health.newcomers'),
      text: i18n.t('finding.health.newcomers-count', {
        count: row.newcomers,
        wrote: row.wrote,
      }),
    },
    {
      label: i18n.t('finding.health.welcomed'),
      text: i18n.t('finding.health.welcomed-count', {
        count: row.opened,
        welcomed: row.welcomed,
      }),
    },
  ];
}
