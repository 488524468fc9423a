import { Controller, Get, Post } from '@nestjs/common';
import { page, seeOther, type Page, type SeeOther } from '../http/page.js';
import { InWords, Member } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import type { Words } from '../kernel/words.js';
import { Queues } from '../queue/queues.js';
import { asAdmin } from './communities-admin.controller.js';

const STATES = ['waiting', 'active', 'delayed', 'failed', 'completed'] as const;

/** How the work in the background goes: numbers alone, as a job's ids say nothing to anybody. */
@Controller('admin/jobs')
export class JobsAdminController {
  constructor(private readonly queues: Queues) {}

  @Get()
  async show(@Member() viewer: Viewer, @InWords() words: Words): Promise<Page> {
    asAdmin(viewer);
    const counts = await this.queues.counts();
    const queues = Object.entries(counts).map(([name, found]) => ({ name: words.t(`administration.jobs.queue.${name}`), numbers: STATES.map((state) => found[state] ?? 0) }));
    const view = { queues, states: STATES.map((state) => words.t(`administration.jobs.state.${state}`)), failed: Object.values(counts).some((found) => (found.failed ?? 0) > 0) };
    return page('administration/jobs', view, { titleKey: 'administration.jobs.title' });
  }

  @Post('retry-failed')
  async retry(@Member() viewer: Viewer): Promise<SeeOther> {
    asAdmin(viewer);
    await this.queues.retryFailed();
    return seeOther('/admin/jobs', 'administration.notice.retried');
  }
}
