import { Injectable } from '@nestjs/common';
import { Handles, type Job } from '../queue/job.js';
import { Telling } from './telling.service.js';

@Injectable()
@Handles('tell-of-reply', 'default')
export class TellOfReplyJob implements Job<{ postId: string }> {
  constructor(private readonly telling: Telling) {}

  run(ids: { postId: string }): Promise<void> {
    return this.telling.tellOfReply(ids.postId);
  }
}
