import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { ReceivedRequest } from '../../test/support/http-receiver.js';
import { WebhookWorld, webhookConfig } from '../../test/support/webhook-world.js';
import { DAY } from '../kernel/clock.js';
import { NotFound } from '../kernel/errors.js';
import { signatureHeaders } from './webhook-signature.js';
import { WEBHOOK_TYPES } from './webhook-types.js';

describe('webhook delivery', () => {
  let world: WebhookWorld;

  beforeAll(async () => {
    world = await WebhookWorld.create();
  });
  afterAll(() => world.close());
  afterEach(() => world.clear());

  it('follows no redirect', async () => {
    await world.add();
    world.receiver.answer = 307;
    await world.webhooks.queue('decision.made', world.decisionId);
    const [id = ''] = await world.due();
    await expect(world.webhooks.send(id)).rejects.toThrow('307');
    expect(world.receiver.received.map(({ path }) => path)).toEqual(['/in']);
  });

  it('signs with both keys for a day after a rotation', async () => {
    const old = await world.add();
    const fresh = await world.endpoints.rotate(world.admin, await world.endpointId());
    const signedWith = async (keys: string[]): Promise<boolean> => {
      world.receiver.received = [];
      await world.db.make.rows('delete from webhook_deliveries');
      await world.webhooks.queue('decision.made', world.decisionId);
      await world.sendDue();
      const [{ headers, body }] = world.receiver.received as [ReceivedRequest];
      const id = String(headers['webhook-id']);
      return (
        signatureHeaders(id, world.db.clock.now(), body, keys)['webhook-signature'] ===
        headers['webhook-signature']
      );
    };
    expect(await signedWith([fresh, old])).toBe(true);
    world.db.clock.move(DAY + 1);
    expect(await signedWith([fresh])).toBe(true);
    const stored = await world.db.make.one<{ sealed: Buffer }>(
      'select sealed from webhook_endpoints',
    );
    expect(stored.sealed.includes(fresh.slice(6))).toBe(false);
  });

  it('rotates once if the form is pressed twice, so that the key in use keeps signing', async () => {
    const form = { idempotencyKey: 'k' };
    const fields = { address: world.receiver.url, events: [...WEBHOOK_TYPES], ...form };
    const old = await world.endpoints.add(world.admin, fields);
    expect(await world.endpoints.add(world.admin, fields)).toBe(old);
    const id = await world.endpointId();
    const fresh = await world.endpoints.rotate(world.admin, id, form);
    expect(await world.endpoints.rotate(world.admin, id, form)).toBe(fresh);
    await world.webhooks.queue('decision.made', world.decisionId);
    await world.sendDue();
    const [{ headers, body }] = world.receiver.received as [ReceivedRequest];
    const message = String(headers['webhook-id']);
    const signed = signatureHeaders(message, world.db.clock.now(), body, [fresh, old]);
    expect(headers['webhook-signature']).toBe(signed['webhook-signature']);
    world.db.clock.move(DAY);
    expect(await world.endpoints.rotate(world.admin, id, form)).not.toBe(fresh);
  });

  it('keeps signing keys when the setting changes, and reports unreadable ones', async () => {
    const key = await world.add();
    const changed = { SECRET_KEY: 'b'.repeat(40) };
    const between = world.services(
      webhookConfig({ ...changed, SECRET_KEY_PREVIOUS: 'a'.repeat(40) }),
    );
    const after = world.services(webhookConfig(changed));
    await world.webhooks.queue('decision.made', world.decisionId);
    const [id = ''] = await world.due();
    await expect(after.webhooks.send(id)).rejects.toThrow('key');
    expect(await world.log()).toMatchObject([{ state: 'waiting', fault: 'key' }]);
    expect(await between.endpoints.sealAllAnew()).toBe(1);
    expect(await between.endpoints.sealAllAnew()).toBe(0);
    await after.webhooks.send(id);
    const [{ headers, body }] = world.receiver.received as [ReceivedRequest];
    expect(headers).toMatchObject(signatureHeaders(`msg_${id}`, world.db.clock.now(), body, [key]));
  });

  it('never connects to a private network, whatever a name resolves to', async () => {
    const live = world.services(
      webhookConfig({ NODE_ENV: 'production', DATABASE_URL: world.db.url, ...LIVE }),
    );
    await world.add(world.receiver.url.replace('127.0.0.1', 'localhost'));
    await world.db.make.rows(
      `update webhook_endpoints set address = replace(address, 'http://', 'https://')`,
    );
    await world.webhooks.queue('decision.made', world.decisionId);
    const [id = ''] = await world.due();
    await expect(live.webhooks.send(id)).rejects.toThrow('address');
    expect(world.receiver.received).toEqual([]);
    for (const address of [
      world.receiver.url,
      'https://10.0.0.1/',
      'https://localhost.example@10.0.0.1/',
    ])
      await expect(
        live.endpoints.add(world.admin, { address, events: ['decision.made'] }),
      ).rejects.toMatchObject({ field: 'address' });
  });

  it('reports why there was no response', async () => {
    await world.add('http://127.0.0.1:1/');
    await world.webhooks.queue('decision.made', world.decisionId);
    const [id = ''] = await world.due();
    await expect(world.webhooks.send(id)).rejects.toThrow('connection');
    await world.db.make.rows('update webhook_endpoints set address = $1', [
      world.receiver.url.replace('http:', 'https:'),
    ]);
    await expect(world.webhooks.send(id)).rejects.toThrow('certificate');
    expect(await world.log()).toMatchObject([
      { state: 'waiting', attempts: 2, fault: 'certificate' },
    ]);
  });

  it('does nothing while disabled', async () => {
    await world.add();
    const off = world.services(webhookConfig({ WEBHOOKS: 'off' }));
    await off.webhooks.queue('decision.made', world.decisionId);
    expect(await world.log()).toEqual([]);
    await world.webhooks.queue('decision.made', world.decisionId);
    const [id = ''] = await world.due();
    await off.webhooks.send(id);
    expect(world.receiver.received).toEqual([]);
    await expect(
      off.endpoints.add(world.admin, { address: world.receiver.url, events: ['decision.made'] }),
    ).rejects.toThrow(NotFound);
  });
});

/** The minimal settings of production. */
const LIVE = {
  BASE_URL: 'https://boat.example',
  SMTP_URL: 'smtp://127.0.0.1:9',
  MAIL_FROM: 'Boat <boat@boat.example>',
  CONTACT: 'team@boat.example',
  OPERATOR: 'Boat',
  REDIS_URL: 'redis://127.0.0.1:9',
};
