import type { Translator } from '../i18n/translator.js';
import type { Overview } from './overview.service.js';

export interface OverviewView {
  figures: { name: string; value: string }[];
  /** Open tasks, most urgent first. */
  needs: { href: string; text: string }[];
  /** The queues are unreachable, so failed jobs are not counted. */
  queuesAway: boolean;
}

/** The URL for each open task, most urgent first. */
const PLACES = {
  overdueCases: '/mod?due=on',
  failedJobs: '/admin/jobs',
  refusedMails: '/admin/mail?state=refused',
  unmoderated: '/admin/communities',
  helplinesDue: '/admin/helplines',
  reportedResources: '/admin/resources',
  requests: '/admin/requests',
  proposedStrategies: '/mod/strategies',
} as const;

const FIGURES = ['members', 'newMembers', 'communities', 'newThreads'] as const;

export function overviewView(now: Overview, i18n: Translator): OverviewView {
  return {
    figures: FIGURES.map((name) => ({
      name: i18n.t(`administration.start.figure.${name}`),
      value: i18n.number(now[name]),
    })),
    needs: Object.entries(PLACES).flatMap(([name, href]) => {
      const count = now[name as keyof typeof PLACES] ?? 0;
      return count === 0
        ? []
        : [{ href, text: i18n.t(`administration.start.need.${name}`, { count }) }];
    }),
    queuesAway: now.failedJobs === null,
  };
}
