import type { BlockList } from 'node:net';
import { ServingSettings } from './serving-settings.js';
import { networks, oneOf, Setting } from './settings.js';

/** Whether webhooks are enabled, and which networks they may reach. */
export class WebhookSettings extends ServingSettings {
  /** Whether administrators can send moderation events to other systems. */
  @Setting(oneOf('on', 'off'))
  WEBHOOKS: 'on' | 'off' = 'off';

  /** Private networks that webhooks may reach; without it only public addresses. */
  @Setting(networks)
  WEBHOOK_NETWORKS?: BlockList;
}
