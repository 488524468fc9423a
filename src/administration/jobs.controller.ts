import { Controller, Get, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { Admin } from '../http/guards.js';
import { Form, type Submitted } from '../http/form.js';
import { page, seeOther, type Page, type SeeOther } from '../http/page.js';
import { I18n, CurrentMember, textQuery } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import { NotFound } from '../kernel/errors.js';
import type { Translator } from '../i18n/translator.js';
import { QUEUES, type QueueName } from '../queue/queues.js';
import { JobForm } from './jobs.dto.js';
import { JobsAdministration } from './jobs.service.js';
import { jobsView } from './jobs.view.js';

/**
 * The job queues and their failed jobs. Not the usual dashboard for BullMQ, which loads a font from
 * another origin and needs inline styles, both forbidden by the content security policy.
 */
@Admin()
@Controller('admin/jobs')
export class JobsController {
  constructor(private readonly jobs: JobsAdministration) {}

  @Get()
  async show(@I18n() i18n: Translator, @Req() req: Request): Promise<Page> {
    const queue = queueNamed(textQuery(req, 'queue'));
    const report = await this.jobs.report(queue);
    return page('administration/jobs', jobsView(report, queue, i18n), {
      titleKey: 'administration.jobs.title',
    });
  }

  @Post('retry-failed')
  async retryAll(@CurrentMember() viewer: Viewer): Promise<SeeOther> {
    await this.jobs.retryAll(viewer);
    return seeOther('/admin/jobs', 'administration.notice.retried');
  }

  @Post(':queue/retry')
  async retry(
    @CurrentMember() viewer: Viewer,
    @Param('queue') name: string,
    @Form(JobForm) form: Submitted<JobForm>,
  ): Promise<SeeOther> {
    const queue = queueNamed(name);
    if (queue === undefined || !form.valid) throw new NotFound();
    const retried = await this.jobs.retry(viewer, queue, form.value.job);
    return redirectWith(retried ? 'job-retried' : 'job-gone');
  }

  @Post(':queue/remove')
  async remove(
    @CurrentMember() viewer: Viewer,
    @Param('queue') name: string,
    @Form(JobForm) form: Submitted<JobForm>,
  ): Promise<SeeOther> {
    const queue = queueNamed(name);
    if (queue === undefined || !form.valid) throw new NotFound();
    const removed = await this.jobs.remove(viewer, queue, form.value.job);
    return redirectWith(removed ? 'job-removed' : 'job-gone');
  }
}

function queueNamed(name: string | undefined): QueueName | undefined {
  return QUEUES.find((known) => known === name);
}

function redirectWith(notice: string): SeeOther {
  return seeOther('/admin/jobs', `administration.notice.${notice}`);
}
