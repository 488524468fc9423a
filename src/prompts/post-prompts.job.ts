import { Injectable } from '@nestjs/common';
import { Handles, type Job } from '../queue/job.js';
import { Prompts } from './prompts.service.js';

@Injectable()
@Handles('post-prompts', 'default')
export class PostPromptsJob implements Job {
  constructor(private readonly prompts: Prompts) {}

  run(): Promise<void> {
    return this.prompts.postDue();
  }
}
