import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../../test/support/database.js';
import { decision, moderationServices, viewerOf } from '../../../test/support/moderation.js';
import type { Viewer } from '../../http/viewer.js';
import { NotFound } from '../../kernel/errors.js';
import { StaleCase } from '../core/stale-case.js';
import type { DecideForm } from './decide.dto.js';
import type { RecordedDecision, Deciding } from './deciding.service.js';

describe('deciding', () => {
  let world: TestDatabase;
  let deciding: Deciding;
  let one: Viewer;
  let other: Viewer;
  let postId: string;
  let caseId: string;

  beforeAll(async () => {
    world = await testDatabase();
    ({ deciding } = moderationServices(world));
    await world.make.community({ slug: 'here' });
    for (const handle of ['one', 'other']) await world.make.join(handle, 'here', 'moderator');
    one = viewerOf(await world.make.member('one'));
    other = viewerOf(await world.make.member('other'));
  });
  afterAll(() => world.close());

  const newCase = async (
    options: { alias?: string; tier?: 'watch' | 'crisis'; reasons?: string[] } = {},
  ): Promise<void> => {
    const { alias, ...rest } = options;
    const thread = await world.make.thread({ community: 'here' });
    postId = await world.make.reply({
      thread,
      author: 'author',
      ...(alias === undefined ? {} : { alias }),
    });
    caseId = await world.make.case({ post: postId, ...rest });
  };
  beforeEach(() => newCase());

  const decide = (form: Partial<DecideForm>, by = one): Promise<RecordedDecision> =>
    deciding.decide(by, caseId, decision(form));
  const first = async <Row>(sql: string, params: unknown[] = [caseId]): Promise<Row> =>
    ((await world.make.rows(sql, params)) as [Row])[0];
  const state = (): Promise<{ state: string; outcome: string | null }> =>
    first('select state, outcome from review_cases where id = $1');

  it('applies the effects, records the decision and closes the case', async () => {
    const { decisionId, waits, open } = await decide({ action: 'hide' });
    expect({ waits, open }).toEqual({ waits: false, open: false });
    expect(await state()).toEqual({ state: 'closed', outcome: 'hide' });
    expect(await first('select status from posts where id = $1', [postId])).toEqual({
      status: 'hidden',
    });
    expect(
      await first('select action, rule, actor_id from decisions where id = $1', [decisionId]),
    ).toEqual({ action: 'hide', rule: 'kind', actor_id: one.memberId });
  });

  it('writes the audit log and the event in the same transaction', async () => {
    await decide({ action: 'hide' });
    expect(
      await world.make.rows(
        'select deed as action, reason from moderation_log where case_id = $1',
        [caseId],
      ),
    ).toEqual([{ action: 'case.decided', reason: 'Because of the words.' }]);
    expect(
      await world.make.rows(`select 1 as one from outbox where event = 'decision.made'`),
    ).not.toEqual([]);
  });

  it('does not reveal an alias in the audit log', async () => {
    await newCase({ alias: 'quiet-lamp' });
    await decide({ action: 'hide' });
    expect(await first('select member_id from moderation_log where case_id = $1')).toEqual({
      member_id: null,
    });
  });

  it.each<[string, Partial<DecideForm>, string]>([
    ['a reason for a restriction', { action: 'hide', reason: '' }, 'reason'],
    ['a rule for a restriction', { action: 'hide', rule: '' }, 'rule'],
    ['the notes that it adds', { action: 'add-warning' }, 'contentWarnings'],
    ['days for a pause', { action: 'suspend' }, 'days'],
    ['no more days than a community may pause', { action: 'suspend', days: '31' }, 'days'],
    ['a message to reach out', { action: 'reach-out', reason: '' }, 'message'],
  ])('asks for %s', async (_what, form, field) => {
    await expect(decide(form)).rejects.toMatchObject({ field });
    expect((await state()).state).toBe('open');
  });

  it('rejects a form that is older than the case', async () => {
    await world.make.rows('update review_cases set version = 2 where id = $1', [caseId]);
    await expect(decide({ action: 'hide', version: '1' })).rejects.toThrow(StaleCase);
    expect((await decide({ action: 'hide', version: '2' })).open).toBe(false);
  });

  it('lets only one of two concurrent moderators decide', async () => {
    const both = await Promise.allSettled([
      decide({ action: 'hide' }),
      decide({ action: 'remove' }, other),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(
      await world.make.rows('select 1 as one from decisions where case_id = $1', [caseId]),
    ).toHaveLength(1);
  });

  it('respects the claim of a colleague, unless the two are paired', async () => {
    await world.make.rows(
      `
        update review_cases
        set claimed_by = $2, claimed_until = now() + interval '1 hour'
        where id = $1
      `,
      [caseId, other.memberId],
    );
    await expect(decide({ action: 'hide' })).rejects.toThrow(StaleCase);
    await world.make.rows(
      `
        insert into case_pairs (case_id, member_id, invited_by, created_at)
        values ($1, $2, $3, now())
      `,
      [caseId, one.memberId, other.memberId],
    );
    expect((await decide({ action: 'hide' })).open).toBe(false);
  });

  it('only proposes a pause without an end', async () => {
    const admin = viewerOf(await world.make.member('boss', { role: 'admin' }), 'admin');
    expect(await decide({ action: 'suspend', days: '0' }, admin)).toEqual({
      decisionId: null,
      waits: true,
      open: true,
    });
    expect((await state()).state).toBe('open');
    await expect(decide({ action: 'suspend', days: '0' }, admin)).rejects.toThrow(StaleCase);
  });

  it('requests a second review of a closed crisis', async () => {
    await newCase({ tier: 'crisis' });
    await decide({ action: 'publish' });
    expect(
      await world.make.rows('select done_at from follow_ups where case_id = $1', [caseId]),
    ).toEqual([{ done_at: null }]);
  });

  it('keeps a case open and makes it more urgent when it is escalated', async () => {
    expect((await decide({ action: 'escalate' })).open).toBe(true);
    expect(await first('select state, tier from review_cases where id = $1')).toEqual({
      state: 'open',
      tier: 'urgent',
    });
  });

  it('states how the case was detected', async () => {
    await newCase({ reasons: ['report.bullying', 'triage.watch'] });
    const { decisionId } = await decide({ action: 'hide' });
    expect(await first('select found_by from decisions where id = $1', [decisionId])).toEqual({
      found_by: 'both',
    });
  });

  it('is closed to those who may not see the case', async () => {
    const author = viewerOf(await world.make.member('author'), 'moderator');
    await expect(decide({ action: 'hide' }, author)).rejects.toThrow(NotFound);
  });
});
