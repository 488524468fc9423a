import type pg from 'pg';
import { opaqueId } from '../mail/mail-appearance.js';
import type { AcknowledgedWrite } from './endurance-load.js';

/** In milliseconds. A run that has not settled by then is reported as it is. */
const PATIENCE = 25 * 60_000;

/**
 * Waits until every event has been relayed and every email that is due has settled. A worker killed
 * while sending holds its lease for ten minutes.
 * @returns how many are left
 */
export async function waitUntilSettled(client: pg.Client): Promise<number> {
  const began = performance.now();
  for (;;) {
    const { rows } = await client.query<{ open: number }>(`
      select ((select count(*) from outbox where dispatched_at is null)
        + (select count(*)
          from notices
          where mail_at is not null and (mail_id = id or mail_at <= now())))::int as open
    `);
    const open = rows[0]?.open ?? 0;
    if (open === 0 || performance.now() - began > PATIENCE) return open;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
}

const TABLES = {
  reply: `
    select author_id as member, idempotency_key as what
    from posts
    where idempotency_key is not null
  `,
  report: 'select reporter_id as member, post_id::text as what from reports',
  save: `
    select t.member_id as member, s.slug as what
    from toolkit_items t
    join coping_strategies s on s.id = t.strategy_id
  `,
} as const satisfies Record<AcknowledgedWrite['kind'], string>;

/** @returns how many acknowledged writes are missing or duplicated */
export async function verifyWrites(
  client: pg.Client,
  acknowledged: readonly AcknowledgedWrite[],
): Promise<{ missing: number; doubled: number }> {
  const found = { missing: 0, doubled: 0 };
  for (const [kind, table] of Object.entries(TABLES)) {
    const written = acknowledged.filter((each) => each.kind === kind);
    const { rows } = await client.query<{ count: number }>(
      `
        select count(t.what)::int as count
        from (select distinct * from unnest($1::bigint[], $2::text[]) as w (member, what)) w
        left join (${table}) t on t.member = w.member and t.what = w.what
        group by w.member, w.what
      `,
      [written.map(({ member }) => member), written.map(({ what }) => what)],
    );
    found.missing += rows.filter(({ count }) => count === 0).length;
    found.doubled += rows.filter(({ count }) => count > 1).length;
  }
  return found;
}

/**
 * Compares the emails that were sent or decided on with those that the mail server accepted. An
 * email whose notification was read first is not sent.
 * @param copies how often each was accepted, by Message-ID
 */
export async function verifyMails(
  client: pg.Client,
  secret: string,
  baseUrl: string,
  copies: ReadonlyMap<string, number>,
): Promise<{ sent: number; missing: number; doubled: number }> {
  const { rows } = await client.query<{ key: string }>(`
    select key from mail_deliveries where state = 'sent'
    union
    select 'notice:' || id from notices where mail_id = id and read_at is null
  `);
  const { hostname } = new URL(baseUrl);
  const taken = rows.map(({ key }) => copies.get(`<${opaqueId(secret, key)}@${hostname}>`) ?? 0);
  return {
    sent: taken.filter((count) => count > 0).length,
    missing: taken.filter((count) => count === 0).length,
    doubled: [...copies.values()].reduce((sum, count) => sum + count - 1, 0),
  };
}
