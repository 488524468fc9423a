import { Injectable } from '@nestjs/common';
import { Handles, type Job } from '../../queue/job.js';
import { PushNotifications } from './push-notifications.service.js';

/** Sends push notifications to members who have something waiting. Runs every minute. */
@Injectable()
@Handles('push-notifications', 'default')
export class PushJob implements Job {
  constructor(private readonly notifications: PushNotifications) {}

  run(): Promise<void> {
    return this.notifications.run();
  }
}
