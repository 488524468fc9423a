import type { BlockList } from 'node:net';
import { ServingSettings } from './serving-settings.js';
import { networks, oneOf, Setting } from './settings.js';

/** Whether other systems are told of what happens, and where they may be. */
export class WebhookSettings extends ServingSettings {
  /** Whether administrators can have events of moderation sent to other systems. */
  @Setting(oneOf('on', 'off'))
  WEBHOOKS: 'on' | 'off' = 'off';

  /** Private networks to which webhooks may go; without it the internet alone. */
  @Setting(networks)
  WEBHOOK_NETWORKS?: BlockList;
}
