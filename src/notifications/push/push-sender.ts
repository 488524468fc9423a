import { Injectable } from '@nestjs/common';
import webPush from 'web-push';
import { Config } from '../../kernel/config.js';
import { vapidOf } from '../../kernel/push-settings.js';
import { isPushService, otherServices } from './push-services.js';

/** What became of a message: taken, no longer wanted by the browser, refused, or to be retried. */
export type PushOutcome = 'sent' | 'gone' | 'refused' | 'later';

/** Milliseconds. */
const PATIENCE = 10_000;
/** Seconds for which a push service keeps a message for a browser that is off. */
const KEPT = 86_400;

/** Sends messages to push services. They have no body: a browser learns that there is one, no more. */
@Injectable()
export class PushSender {
  constructor(private readonly config: Config) {}

  get isOn(): boolean {
    return vapidOf(this.config) !== null;
  }

  /** Whether the endpoint is one that this server sends to. */
  accepts(endpoint: string): boolean {
    return isPushService(endpoint, otherServices(this.config.PUSH_SERVICES));
  }

  /** Follows no redirect. @throws Error where push is off */
  async send(endpoint: string): Promise<PushOutcome> {
    const vapid = vapidOf(this.config);
    if (vapid === null) throw new Error('push is off');
    // The setting may have named this service when the browser subscribed.
    if (!this.accepts(endpoint)) return 'gone';
    const { origin } = new URL(endpoint);
    const { publicKey, privateKey, subject } = vapid;
    const signed = webPush.getVapidHeaders(origin, subject, publicKey, privateKey, 'aes128gcm');
    try {
      const answer = await fetch(endpoint, {
        method: 'POST',
        redirect: 'manual',
        signal: AbortSignal.timeout(PATIENCE),
        // A message of this topic takes the place of one that was not delivered yet.
        headers: { ...signed, TTL: String(KEPT), Urgency: 'low', Topic: 'waiting' },
      });
      await answer.body?.cancel();
      return outcomeOf(answer.status);
    } catch {
      // The service does not answer.
      return 'later';
    }
  }
}

function outcomeOf(status: number): PushOutcome {
  if (status >= 200 && status < 300) return 'sent';
  if (status === 404 || status === 410) return 'gone';
  return status === 429 || status >= 500 ? 'later' : 'refused';
}
