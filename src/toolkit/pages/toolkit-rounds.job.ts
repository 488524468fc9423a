import { Injectable } from '@nestjs/common';
import { Handles, type Job } from '../../queue/job.js';
import { LookBacks } from '../look-back/look-back.service.js';
import { Reminders } from './reminders.service.js';

@Injectable()
@Handles('write-look-backs', 'bulk')
export class WriteLookBacksJob implements Job {
  constructor(private readonly lookBacks: LookBacks) {}

  run(): Promise<void> {
    return this.lookBacks.writeDue();
  }
}

@Injectable()
@Handles('remind-of-toolkit', 'bulk')
export class RemindOfToolkitJob implements Job {
  constructor(private readonly reminders: Reminders) {}

  async run(): Promise<void> {
    await this.reminders.practice();
    await this.reminders.askAboutSheets();
  }
}
