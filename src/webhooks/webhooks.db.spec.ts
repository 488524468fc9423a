import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { ReceivedRequest } from '../../test/support/http-receiver.js';
import { WebhookWorld, type WebhookDelivery } from '../../test/support/webhook-world.js';
import { DAY, MINUTE } from '../kernel/clock.js';
import { ATTEMPTS } from '../queue/queues.js';
import { signatureHeaders } from './webhook-signature.js';

describe('webhooks', () => {
  let world: WebhookWorld;

  beforeAll(async () => {
    world = await WebhookWorld.create();
  });
  afterAll(() => world.close());
  afterEach(() => world.clear());

  it('contain ids and kinds, signed with the endpoint’s key', async () => {
    const key = await world.add();
    await world.webhooks.queue('decision.made', world.decisionId);
    await world.webhooks.queue('decision.made', world.decisionId);
    await world.sendDue();
    expect(world.receiver.received).toHaveLength(1);
    const [{ headers, body, path }] = world.receiver.received as [ReceivedRequest];
    expect(path).toBe('/in');
    expect(JSON.parse(body)).toEqual({
      type: 'decision.made',
      timestamp: expect.stringMatching(/^20\d\d-.*Z$/),
      data: {
        decision: world.decisionId,
        case: world.caseId,
        about: 'post',
        action: 'hide',
        tier: 'urgent',
      },
    });
    const [{ id }] = (await world.log()) as [WebhookDelivery];
    expect(headers).toMatchObject(signatureHeaders(`msg_${id}`, world.db.clock.now(), body, [key]));
    expect(await world.log()).toEqual([
      { id, state: 'delivered', attempts: 1, status: 204, fault: null },
    ]);
    await world.webhooks.send(id);
    expect(world.receiver.received).toHaveLength(1);
  });

  it('cover reports and alarms, without reporter, text or recipients', async () => {
    await world.add();
    const [report] = (await world.db.make.rows(
      `
        insert into reports (number, case_id, reporter_id, reason, note, snapshot, created_at)
        values ('R-1', $1, $2, 'spam', 'A private note', '{}', now())
        returning id
      `,
      [world.caseId, await world.db.make.member('reporter')],
    )) as [{ id: string }];
    // Two people are called for one reason, and one of them for a second case.
    const other = await world.db.make.case({
      post: await world.db.make.reply({
        thread: await world.db.make.thread({ community: 'here' }),
      }),
    });
    const called = [await world.db.make.member('one'), await world.db.make.member('two')];
    const alarms: string[] = [];
    for (const [of, member] of [
      [world.caseId, called[0]],
      [world.caseId, called[1]],
      [other, called[0]],
    ]) {
      const [row] = (await world.db.make.rows(
        `
          insert into case_alarms (case_id, chain, since, step, member_id, raised_at)
          values ($1, 'urgent', 'epoch', 'first', $2, $3)
          returning id
        `,
        [of, member, world.db.clock.now()],
      )) as [{ id: string }];
      alarms.push(row.id);
    }
    await world.webhooks.queue('report.received', report.id);
    for (const id of alarms.slice(0, 2)) await world.webhooks.queue('alarm.raised', id);
    await world.sendDue();
    const bodies = world.receiver.received.map(
      ({ body }) => JSON.parse(body) as { type: string; data: object },
    );
    expect(bodies.map(({ type }) => type)).toEqual([
      'report.received',
      'alarm.raised',
      'alarm.raised',
    ]);
    expect(bodies.map(({ data }) => data)).toEqual([
      { report: report.id, case: world.caseId, about: 'post', reason: 'spam', tier: 'urgent' },
      {
        case: world.caseId,
        about: 'post',
        chain: 'urgent',
        step: 'first',
        round: 0,
        tier: 'urgent',
      },
      { case: other, about: 'post', chain: 'urgent', step: 'first', round: 0, tier: 'watch' },
    ]);
    const words = ['private note', 'Words of', 'reporter', 'author', 'R-1', '"one"', '"two"'];
    for (const { body } of world.receiver.received)
      for (const word of words) expect(body).not.toContain(word);
  });

  it('are sent to subscribed, enabled endpoints', async () => {
    await world.endpoints.add(world.admin, {
      address: world.receiver.url,
      events: ['alarm.raised'],
    });
    await world.webhooks.queue('decision.made', world.decisionId);
    expect(await world.due()).toEqual([]);
    await world.db.make.rows(`update webhook_endpoints set events = '{decision.made}'`);
    await world.webhooks.queue('decision.made', world.decisionId);
    await world.endpoints.setActive(world.admin, await world.endpointId(), false);
    await world.sendDue();
    expect(world.receiver.received).toEqual([]);
    await world.endpoints.setActive(world.admin, await world.endpointId(), true);
    await world.sendDue();
    expect(world.receiver.received).toHaveLength(1);
  });

  it('are retried by the queue, and finally given up', async () => {
    await world.add();
    world.receiver.answer = 500;
    await world.webhooks.queue('decision.made', world.decisionId);
    const [id = ''] = await world.due();
    for (let n = 1; n < ATTEMPTS; n += 1)
      await expect(world.webhooks.send(id)).rejects.toThrow('a webhook was not taken: 500');
    await world.webhooks.send(id);
    const failed = { id, state: 'failed', attempts: ATTEMPTS, status: 500, fault: null };
    expect(await world.log()).toEqual([failed]);
    await world.webhooks.send(id);
    expect(world.receiver.received).toHaveLength(ATTEMPTS);
    expect(new Set(world.receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(
      1,
    );
  });

  it('are replayed on request, one or all failed, with a new signature', async () => {
    await world.add();
    world.receiver.answer = 410;
    await world.webhooks.queue('decision.made', world.decisionId);
    await world.sendDue();
    expect((await world.log()).map(({ state }) => state)).toEqual(['failed']);
    const { active } = await world.db.make.one<{ active: boolean }>(
      'select active from webhook_endpoints',
    );
    expect(active).toBe(false);
    expect(await world.endpoints.replayFailed(world.admin, await world.endpointId())).toBe(0);
    await world.endpoints.setActive(world.admin, await world.endpointId(), true);
    world.receiver.answer = 200;
    expect(await world.endpoints.replayFailed(world.admin, await world.endpointId())).toBe(1);
    await world.sendDue();
    expect(await world.endpoints.replayFailed(world.admin, await world.endpointId())).toBe(0);
    const [{ id }] = (await world.log()) as [WebhookDelivery];
    world.db.clock.move(DAY);
    expect(await world.endpoints.replay(world.admin, id)).toBe(1);
    await world.sendDue();
    const [first, , third] = world.receiver.received as [
      ReceivedRequest,
      ReceivedRequest,
      ReceivedRequest,
    ];
    expect(third.body).toBe(first.body);
    expect(third.headers['webhook-id']).toBe(first.headers['webhook-id']);
    expect(third.headers['webhook-timestamp']).not.toBe(first.headers['webhook-timestamp']);
    expect((await world.log()).map(({ state, attempts }) => [state, attempts])).toEqual([
      ['delivered', 1],
    ]);
  });

  it('are suspended for a minute after a timeout', async () => {
    await world.add();
    await world.webhooks.queue('decision.made', world.decisionId);
    const [id = ''] = await world.due();
    await world.db.make.rows(
      `
        insert into webhook_deliveries
          (endpoint_id, message_key, type, body, created_at, attempted_at, fault)
        values ($1, 'slow', 'decision.made', '{}', $2, $2, 'time')
      `,
      [await world.endpointId(), world.db.clock.now()],
    );
    for (let n = 0; n < 2; n += 1) await expect(world.webhooks.send(id)).rejects.toThrow('time');
    expect(world.receiver.received).toEqual([]);
    world.db.clock.move(MINUTE);
    await world.webhooks.send(id);
    expect(await world.log()).toMatchObject([{ state: 'delivered', attempts: 3 }, {}]);
  });
});
