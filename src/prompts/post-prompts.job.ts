import { Injectable } from '@nestjs/common';
import { SiteSettings } from '../http/site-settings.js';
import { Handles, type Job } from '../queue/job.js';
import { Prompts } from './prompts.service.js';

@Injectable()
@Handles('post-prompts', 'default')
export class PostPromptsJob implements Job {
  constructor(
    private readonly prompts: Prompts,
    private readonly settings: SiteSettings,
  ) {}

  /** In read-only mode members could not reply to a prompt. */
  async run(): Promise<void> {
    if (!this.settings.isReadOnly) await this.prompts.postDue();
  }
}
