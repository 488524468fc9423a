import { Controller, Get, Param, Post, Req } from '@nestjs/common';
import { Matches } from 'class-validator';
import type { Request } from 'express';
import { AuditLog } from '../review/audit-log.js';
import { Admin } from '../http/guards.js';
import { Form, type Submitted } from '../http/form.js';
import { page, seeOther, type Page, type SeeOther } from '../http/page.js';
import { I18n, CurrentMember, textQuery } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import { Database } from '../kernel/database.js';
import { NotFound } from '../kernel/errors.js';
import { describeError, Logger } from '../kernel/logger.js';
import type { Translator } from '../i18n/translator.js';
import { QUEUES, Queues, type FailedJob, type QueueName } from '../queue/queues.js';

const STATES = ['waiting', 'active', 'delayed', 'failed', 'completed'] as const;
const SHOWN = 100;

export class JobForm {
  @Matches(/^[\w:.-]{1,200}$/, { message: 'forms.error.invalid' })
  job = '';
}

/**
 * The queues, and what failed in them. A page of our own: the kept dashboard that fits BullMQ loads
 * a font from elsewhere and needs inline styles, which the policy of this site allows nowhere.
 */
@Admin()
@Controller('admin/jobs')
export class JobsController {
  constructor(
    private readonly queues: Queues,
    private readonly database: Database,
    private readonly auditLog: AuditLog,
    private readonly logger: Logger,
  ) {}

  @Get()
  async show(@I18n() i18n: Translator, @Req() req: Request): Promise<Page> {
    const queue = QUEUES.find((known) => known === textQuery(req, 'queue'));
    return page(
      'administration/jobs',
      {
        ...(await this.figures(i18n, queue)),
        options: [
          { value: '', label: i18n.t('administration.jobs.every'), selected: queue === undefined },
          ...QUEUES.map((value) => ({
            value,
            label: i18n.t(`administration.jobs.queue.${value}`),
            selected: value === queue,
          })),
        ],
      },
      { titleKey: 'administration.jobs.title' },
    );
  }

  @Post('retry-failed')
  async retryAll(@CurrentMember() viewer: Viewer): Promise<SeeOther> {
    const count = await this.queues.retryFailed();
    if (count > 0)
      await this.database.inTransaction((tx) =>
        this.auditLog.write(tx, viewer.memberId, { action: 'job.retried', detail: { count } }),
      );
    return seeOther('/admin/jobs', 'administration.notice.retried');
  }

  @Post(':queue/retry')
  retry(
    @CurrentMember() viewer: Viewer,
    @Param('queue') queue: string,
    @Form(JobForm) form: Submitted<JobForm>,
  ): Promise<SeeOther> {
    return this.act(viewer, queue, form, 'retried');
  }

  @Post(':queue/remove')
  remove(
    @CurrentMember() viewer: Viewer,
    @Param('queue') queue: string,
    @Form(JobForm) form: Submitted<JobForm>,
  ): Promise<SeeOther> {
    return this.act(viewer, queue, form, 'removed');
  }

  private async act(
    viewer: Viewer,
    name: string,
    form: Submitted<JobForm>,
    deed: 'retried' | 'removed',
  ): Promise<SeeOther> {
    const queue = QUEUES.find((known) => known === name);
    if (queue === undefined || !form.valid) throw new NotFound();
    const id = form.value.job;
    const job =
      deed === 'retried' ? await this.queues.retry(queue, id) : await this.queues.remove(queue, id);
    // Pressed twice, or put back by somebody else: there is nothing left to do.
    if (job === null) return seeOther('/admin/jobs', 'administration.notice.job-gone');
    await this.database.inTransaction((tx) =>
      this.auditLog.write(tx, viewer.memberId, { action: `job.${deed}`, detail: { queue, job } }),
    );
    return seeOther('/admin/jobs', `administration.notice.job-${deed}`);
  }

  private async figures(i18n: Translator, queue: QueueName | undefined): Promise<object> {
    try {
      const [counts, failed] = [
        await this.queues.counts(),
        await this.queues.failed(queue === undefined ? {} : { queue }),
      ];
      return {
        away: false,
        states: STATES.map((state) => i18n.t(`administration.jobs.state.${state}`)),
        queues: QUEUES.map((name) => ({
          name: i18n.t(`administration.jobs.queue.${name}`),
          cells: STATES.map((state) => counts[name][state] ?? 0),
        })),
        failed: failed.slice(0, SHOWN).map((job) => failedView(job, i18n)),
        more:
          failed.length > SHOWN
            ? i18n.t('administration.jobs.more', { count: failed.length - SHOWN })
            : null,
      };
    } catch (error) {
      this.logger.warn('the queues cannot be shown', describeError(error));
      return { away: true };
    }
  }
}

function failedView(job: FailedJob, i18n: Translator): object {
  return {
    ...job,
    when: job.failedAt === null ? '' : i18n.exactly(job.failedAt),
    tried: i18n.t('administration.jobs.tried', { count: job.attempts }),
  };
}
