import { DAY, later, MINUTE } from '../kernel/clock.js';
import type { Tx } from '../kernel/database.js';
import { executeIn, queryIn } from '../kernel/sql.js';
import { CHECK_IN_FIELD } from '../toolkit/core/check-in-texts.js';
import { COLLECTION_FIELD, ITEM_FIELD } from '../toolkit/items/item-texts.js';
import type { PrivateKey, Vault } from '../vault/vault.js';
import type { LifeOfPeople } from './life-files.js';

/**
 * Creates the demo member's toolkit, check-ins and safety plan, encrypted under the member's key.
 */
export class DemoToolkit {
  private checkIns = 0;

  constructor(
    private readonly tx: Tx,
    private readonly vault: Vault,
    private readonly now: Date,
  ) {}

  async load(key: PrivateKey, life: LifeOfPeople): Promise<void> {
    const strategies = await this.strategies();
    const items = await this.items(key, life, strategies);
    const known = (names: string[]): string[] => names.flatMap((name) => items.get(name) ?? []);
    await this.collection(key, life, known(life.collection.items));
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
    await executeIn(
      this.tx,
      `
        insert into safety_plans (member_id, card, plan, updated_at)
        values (:memberId, :card, :plan, :since)
      `,
      {
        memberId: key.memberId,
        card: key.seal('safety_plans.card', key.memberId, life.card),
        plan: key.seal('safety_plans.plan', key.memberId, {
          ...life.plan,
          items: known(life.plan.items),
        }),
        since: later(this.now, -21 * DAY),
      },
    );
  }

  /** Ids by slug; empty if the starter pack was not loaded. */
  private async strategies(): Promise<Map<string, string>> {
    return new Map(
      (
        await queryIn<{ slug: string; id: string }>(
          this.tx,
          'select slug, id from coping_strategies',
        )
      ).map(({ slug, id }) => [slug, id]),
    );
  }

  /** @returns the ids of the items, by strategy or name */
  private async items(
    key: PrivateKey,
    life: LifeOfPeople,
    strategies: ReadonlyMap<string, string>,
  ): Promise<Map<string, string>> {
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
      await executeIn(
        this.tx,
        `
          insert into toolkit_items (id, member_id, strategy_id, position, words, used, used_at,
            saved_at, updated_at)
          values (:id, :memberId, :strategyId, :position, :words, :used, :since, :savedAt, :savedAt)
        `,
        {
          id,
          memberId: key.memberId,
          strategyId: strategies.get(item.strategy ?? '') ?? null,
          position: at + 1,
          words,
          used: item.used,
          since: later(this.now, -(at + 1) * DAY),
          savedAt: later(this.now, -(70 - at) * DAY),
        },
      );
      items.set(item.strategy ?? item.name ?? '', id);
    }
    return items;
  }

  private async collection(key: PrivateKey, life: LifeOfPeople, items: string[]): Promise<void> {
    const collection = await this.vault.nextId(this.tx);
    await executeIn(
      this.tx,
      `
        insert into toolkit_collections (id, member_id, words, created_at)
        values (:collection, :memberId, :words, :since)
      `,
      {
        collection,
        memberId: key.memberId,
        words: key.seal(COLLECTION_FIELD, collection, { name: life.collection.name }),
        since: later(this.now, -50 * DAY),
      },
    );
    for (const item of items)
      await executeIn(
        this.tx,
        'insert into toolkit_collection_items (collection_id, item_id) values (:collection, :item)',
        { collection, item },
      );
  }

  private async checkIn(
    key: PrivateKey,
    when: { daysAgo: number; note: string },
    rating: {
      level?: number;
      strategyId?: string;
      itemId?: string;
      before?: number;
      after?: number;
    },
    word: string,
  ): Promise<void> {
    const id = await this.vault.nextId(this.tx);
    const sealed =
      word === '' && when.note === ''
        ? null
        : key.seal(CHECK_IN_FIELD, id, { word, note: when.note });
    await executeIn(
      this.tx,
      `
        insert into check_ins (id, member_id, strategy_id, item_id, level, before, after, words,
          made_at)
        values (:id, :memberId, :strategyId, :itemId, :level, :before, :after, :sealed, :since)
      `,
      {
        id,
        memberId: key.memberId,
        strategyId: rating.strategyId ?? null,
        itemId: rating.itemId ?? null,
        level: rating.level ?? null,
        before: rating.before ?? null,
        after: rating.after ?? null,
        sealed,
        since: later(this.now, -when.daysAgo * DAY - (((this.checkIns += 1) * 97) % 600) * MINUTE),
      },
    );
  }
}
