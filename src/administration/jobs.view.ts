import { selectOptions, type SelectOption } from '../http/options.js';
import type { Translator } from '../i18n/translator.js';
import { QUEUES, type FailedJob, type QueueName } from '../queue/queues.js';
import type { QueueReport } from './jobs.service.js';

const STATES = ['waiting', 'active', 'delayed', 'failed', 'completed'] as const;
const MAX_JOBS_SHOWN = 100;

interface FailedJobView extends FailedJob {
  when: string;
  tried: string;
}

interface QueueReportView {
  away: false;
  states: string[];
  queues: { name: string; cells: { state: string; count: number }[] }[];
  failed: FailedJobView[];
  more: string | null;
}

export type JobsView = (QueueReportView | { away: true }) & { options: SelectOption[] };

/** @param report null while the queues are unreachable @param queue filter for the failed jobs */
export function jobsView(
  report: QueueReport | null,
  queue: QueueName | undefined,
  i18n: Translator,
): JobsView {
  return {
    ...(report === null ? { away: true } : reportView(report, i18n)),
    options: selectOptions(['', ...QUEUES], queue ?? '', (value) =>
      i18n.t(value === '' ? 'administration.jobs.every' : `administration.jobs.queue.${value}`),
    ),
  };
}

function reportView({ counts, failed }: QueueReport, i18n: Translator): QueueReportView {
  const named = (state: (typeof STATES)[number]): string =>
    i18n.t(`administration.jobs.state.${state}`);
  return {
    away: false,
    states: STATES.map(named),
    queues: QUEUES.map((name) => ({
      name: i18n.t(`administration.jobs.queue.${name}`),
      cells: STATES.map((state) => ({ state: named(state), count: counts[name][state] ?? 0 })),
    })),
    failed: failed.slice(0, MAX_JOBS_SHOWN).map((job) => ({
      ...job,
      when: job.failedAt === null ? '' : i18n.exactly(job.failedAt),
      tried: i18n.t('administration.jobs.tried', { count: job.attempts }),
    })),
    more:
      failed.length > MAX_JOBS_SHOWN
        ? i18n.t('administration.jobs.more', { count: failed.length - MAX_JOBS_SHOWN })
        : null,
  };
}
