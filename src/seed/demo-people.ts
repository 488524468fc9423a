import { DAY, HOUR, later, MINUTE } from '../kernel/clock.js';
import type { Tx } from '../kernel/database.js';
import type { PrivateKey, Vault } from '../vault/vault.js';
import { CHECK_IN_FIELD } from '../toolkit/core/check-in-words.js';
import { COLLECTION_FIELD, ITEM_FIELD } from '../toolkit/items/item-words.js';
import { lifeOfPeople, type LifeOfPeople } from './life-files.js';

/**
 * What the demo member and the demo supporter have beside their posts, in the transaction that
 * loads the demo.
 */
export class DemoPeople {
  private said = 0;

  constructor(
    private readonly tx: Tx,
    private readonly vault: Vault,
    private readonly ids: ReadonlyMap<string, string>,
    private readonly now: Date,
  ) {}

  async load(member: string, supporter: string): Promise<void> {
    const life = lifeOfPeople();
    const memberId = this.id(member);
    const key = await this.vault.forWriting(this.tx, memberId);
    await this.toolkit(key, life);
    await this.keeps(memberId, life);
    for (const id of [memberId, this.id(supporter)]) await this.notices(id);
    for (const [slug, capacity] of Object.entries(life.supporter)) {
      await this.tx.query(
        `
          update supporters s
          set capacity = $3
          from communities c
          where c.id = s.community_id and c.slug = $2 and s.member_id = $1
        `,
        [this.id(supporter), slug, capacity],
      );
    }
    for (const ask of life.asksToJoin) {
      await this.tx.query(
        `
          insert into memberships (community_id, member_id, state, note, joined_at)
          select c.id, $1, 'asked', $3, $4
          from communities c
          where c.slug = $2
         on conflict (community_id, member_id)
         do update set state = 'asked', note = excluded.note, joined_at = excluded.joined_at`,
        [this.id(ask.handle), ask.community, ask.note, later(this.now, -ask.hoursAgo * HOUR)],
      );
      await this.tx.query(
        `
          update communities c
          set member_count = (select count(*)
            from memberships m
            where m.community_id = c.id and m.state = 'active')
          where c.slug = $1
        `,
        [ask.community],
      );
    }
  }

  private async toolkit(key: PrivateKey, life: LifeOfPeople): Promise<void> {
    const strategies = new Map(
      (
        (await this.tx.query('select slug, id from coping_strategies')) as {
          slug: string;
          id: string;
        }[]
      ).map(({ slug, id }) => [slug, id]),
    );
    const items = new Map<string, string>();
    for (const [at, item] of life.items.entries()) {
      if (item.strategy !== undefined && !strategies.has(item.strategy)) continue;
      const id = await this.vault.nextId(this.tx);
      const words =
        item.note === '' && item.name === undefined
          ? null
          : key.seal(ITEM_FIELD, id, {
              name: item.name ?? '',
              note: item.note,
              steps: item.steps ?? [],
            });
      await this.tx.query(
        `
          insert into toolkit_items (id, member_id, strategy_id, position, words, used, used_at,
            saved_at, updated_at)
          values ($1, $2, $3, $4, $5, $6, $7, $8, $8)
        `,
        [
          id,
          key.memberId,
          strategies.get(item.strategy ?? '') ?? null,
          at + 1,
          words,
          item.used,
          later(this.now, -(at + 1) * DAY),
          later(this.now, -(70 - at) * DAY),
        ],
      );
      items.set(item.strategy ?? item.name ?? '', id);
    }
    const known = (names: string[]): string[] => names.flatMap((name) => items.get(name) ?? []);
    const collection = await this.vault.nextId(this.tx);
    await this.tx.query(
      'insert into toolkit_collections (id, member_id, words, created_at) values ($1, $2, $3, $4)',
      [
        collection,
        key.memberId,
        key.seal(COLLECTION_FIELD, collection, { name: life.collection.name }),
        later(this.now, -50 * DAY),
      ],
    );
    for (const item of known(life.collection.items))
      await this.tx.query(
        'insert into toolkit_collection_items (collection_id, item_id) values ($1, $2)',
        [collection, item],
      );
    for (const day of life.days) await this.checkIn(key, day, { level: day.level }, day.word);
    for (const use of life.uses)
      await this.checkIn(
        key,
        use,
        {
          strategyId: strategies.get(use.strategy),
          itemId: items.get(use.strategy),
          before: use.before,
          after: use.after,
        },
        '',
      );
    await this.tx.query(
      'insert into safety_plans (member_id, card, plan, updated_at) values ($1, $2, $3, $4)',
      [
        key.memberId,
        key.seal('safety_plans.card', key.memberId, life.card),
        key.seal('safety_plans.plan', key.memberId, {
          ...life.plan,
          items: known(life.plan.items),
        }),
        later(this.now, -21 * DAY),
      ],
    );
  }

  private async checkIn(
    key: PrivateKey,
    said: { daysAgo: number; note: string },
    how: { level?: number; strategyId?: string; itemId?: string; before?: number; after?: number },
    word: string,
  ): Promise<void> {
    const id = await this.vault.nextId(this.tx);
    const sealed =
      word === '' && said.note === ''
        ? null
        : key.seal(CHECK_IN_FIELD, id, { word, note: said.note });
    await this.tx.query(
      `
        insert into check_ins (id, member_id, strategy_id, item_id, level, before, after, words,
          made_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
      `,
      [
        id,
        key.memberId,
        how.strategyId ?? null,
        how.itemId ?? null,
        how.level ?? null,
        how.before ?? null,
        how.after ?? null,
        sealed,
        later(this.now, -said.daysAgo * DAY - (((this.said += 1) * 97) % 600) * MINUTE),
      ],
    );
  }

  private async keeps(memberId: string, { saved, draft }: LifeOfPeople): Promise<void> {
    await this.tx.query(
      `
        insert into thread_saves (member_id, thread_id, saved_at)
        select $1, t.id, $3
        from threads t
        join communities c on c.id = t.community_id
       where t.title = any($2)
         and (c.visibility = 'public'
           or exists (select 1
             from memberships s
             where s.community_id = c.id and s.member_id = $1 and s.state = 'active'))`,
      [memberId, saved, later(this.now, -2 * DAY)],
    );
    const { community, daysAgo, ...fields } = draft;
    await this.tx.query(
      'insert into drafts (member_id, place, fields, updated_at) values ($1, $2, $3, $4)',
      [
        memberId,
        `/c/${community}/threads`,
        JSON.stringify(fields),
        later(this.now, -daysAgo * DAY),
      ],
    );
  }

  /**
   * Of the latest replies by others where they wrote; the three newest they have not opened yet.
   */
  private async notices(memberId: string): Promise<void> {
    await this.tx.query(
      `insert into notices (member_id, kind, thread_id, post_id, created_at, read_at)
       select $1, kind, thread_id, post_id, at, case
         when newest > 3 then at + interval '3 hours' end
       from (
         select case
           when o.author_id = $1 then 'reply-to-thread'
           else 'reply-followed' end as kind, p.thread_id, p.id as post_id, p.created_at as at,
             row_number() over (order by p.created_at desc, p.id) as newest
         from thread_follows f
         join posts o on o.thread_id = f.thread_id and o.number = 1
         join posts p on p.thread_id = f.thread_id
           and p.number > 1
           and p.author_id <> $1
           and p.status = 'published'
         where f.member_id = $1
           and p.created_at < $2
           and p.created_at > (select min(x.created_at)
             from posts x
             where x.thread_id = p.thread_id and x.author_id = $1)
         order by p.created_at desc, p.id
         limit 9
       ) latest order by at`,
      [memberId, this.now],
    );
  }

  private id(handle: string): string {
    const id = this.ids.get(handle);
    if (id === undefined) throw new Error(`nobody is called ${handle}`);
    return id;
  }
}
