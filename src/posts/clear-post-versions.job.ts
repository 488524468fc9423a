import { Injectable } from '@nestjs/common';
import { Handles, type Job } from '../queue/job.js';
import { PostVersions } from './post-versions.service.js';

@Injectable()
@Handles('clear-old-wordings', 'bulk')
export class ClearPostVersionsJob implements Job {
  constructor(private readonly versions: PostVersions) {}

  async run(): Promise<void> {
    await this.versions.clear();
  }
}
