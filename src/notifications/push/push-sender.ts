import { Injectable } from '@nestjs/common';
import webPush from 'web-push';
import { Config } from '../../kernel/config.js';
import { vapidOf } from '../../kernel/push-settings.js';
import { isPushService, additionalServices } from './push-services.js';

/** The outcome of a message: accepted, subscription expired, rejected, or to be retried. */
export type PushOutcome = 'sent' | 'gone' | 'refused' | 'later';

/** Time-out in milliseconds. */
const TIMEOUT = 10_000;
/** Seconds for which a push service stores a message for a browser that is offline. */
const TTL_SECONDS = 86_400;

/** Sends messages to push services. They have no body: a browser only learns that there is one. */
@Injectable()
export class PushSender {
  constructor(private readonly config: Config) {}

  get isOn(): boolean {
    return vapidOf(this.config) !== null;
  }

  /** Whether the endpoint belongs to a push service that this server may contact. */
  accepts(endpoint: string): boolean {
    return isPushService(endpoint, additionalServices(this.config.PUSH_SERVICES));
  }

  /**
   * Sends a message; does not follow redirects.
   * @throws Error if push is off
   */
  async send(endpoint: string): Promise<PushOutcome> {
    const vapid = vapidOf(this.config);
    if (vapid === null) throw new Error('push is off');
    // The setting may have allowed this service when the browser subscribed.
    if (!this.accepts(endpoint)) return 'gone';
    const { origin } = new URL(endpoint);
    const { publicKey, privateKey, subject } = vapid;
    const signed = webPush.getVapidHeaders(origin, subject, publicKey, privateKey, 'aes128gcm');
    try {
      const answer = await fetch(endpoint, {
        method: 'POST',
        redirect: 'manual',
        signal: AbortSignal.timeout(TIMEOUT),
        // A message with this topic replaces one that has not been delivered yet.
        headers: { ...signed, TTL: String(TTL_SECONDS), Urgency: 'low', Topic: 'waiting' },
      });
      await answer.body?.cancel();
      return outcomeOf(answer.status);
    } catch {
      // The service does not respond.
      return 'later';
    }
  }
}

function outcomeOf(status: number): PushOutcome {
  if (status >= 200 && status < 300) return 'sent';
  if (status === 404 || status === 410) return 'gone';
  return status === 429 || status >= 500 ? 'later' : 'refused';
}
