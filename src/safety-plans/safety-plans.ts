import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { Database, type Tx } from '../kernel/database.js';
import { Sql, statement } from '../kernel/sql.js';
import { Vault, type PrivateKey, type WrappedKey } from '../vault/vault.js';

/** The emergency card: people and numbers, one on each line, and reasons to go on. */
export interface EmergencyCard {
  people: string;
  lines: string;
  reasons: string;
}

export const PLAN_PARTS = [
  'signs',
  'alone',
  'places',
  'people',
  'professionals',
  'safer',
  'reasons',
] as const;
export type PlanPart = (typeof PLAN_PARTS)[number];

/**
 * The steps of a safety plan in their usual order. `items` are toolkit items for the second step.
 */
export type SafetyPlan = Record<PlanPart, string> & { items: string[] };

export interface SafetyPlanTexts {
  card: EmergencyCard | null;
  plan: SafetyPlan | null;
}

interface Row extends WrappedKey {
  card: Buffer | null;
  plan: Buffer | null;
}

interface WritePlan {
  memberId: string;
  sealed: Buffer;
  now: Date;
}

const read = statement<{ memberId: string }, Row>(
  'safety.own-plan',
  `
    select p.card, p.plan, k.wrapped, k.wrapped_by as "wrappedBy"
    from safety_plans p
    join private_keys k on k.member_id = p.member_id
    where p.member_id = :memberId
  `,
);
const write = {
  card: statement<WritePlan, object>(
    'safety.write-card',
    `insert into safety_plans (member_id, card, updated_at)
     values (:memberId, :sealed, :now)
     on conflict (member_id) do update
       set card = excluded.card, version = safety_plans.version + 1,
         updated_at = excluded.updated_at`,
  ),
  plan: statement<WritePlan, object>(
    'safety.write-plan',
    `insert into safety_plans (member_id, plan, updated_at)
     values (:memberId, :sealed, :now)
     on conflict (member_id) do update
       set plan = excluded.plan, version = safety_plans.version + 1,
         updated_at = excluded.updated_at`,
  ),
};
const erase = statement<{ memberId: string }, object>(
  'safety.erase-plan',
  'delete from safety_plans where member_id = :memberId',
);

const NOTHING: SafetyPlanTexts = { card: null, plan: null };

/** A member's emergency card and safety plan, encrypted under the member's key. */
@Injectable()
export class SafetyPlans {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly vault: Vault,
    private readonly clock: Clock,
  ) {}

  /**
   * Loads both in one query. If decryption fails, the texts are null instead of an error, as the
   * page with the helplines must not fail.
   */
  async of(memberId: string): Promise<SafetyPlanTexts> {
    const row = await this.sql.first(read, { memberId });
    if (row === null) return NOTHING;
    // A plan that cannot be decrypted must not keep the rest of the page from somebody in need.
    const key = await this.vault.unwrap(memberId, row).catch(() => null);
    if (key === null) return NOTHING;
    return {
      card: this.card(key, row.card),
      plan: openTexts<SafetyPlan>(key, 'plan', row.plan),
    };
  }

  /** Decrypts a card that was read with other columns. @returns null if that fails */
  card(key: PrivateKey | null, sealed: Buffer | null): EmergencyCard | null {
    return key === null ? null : openTexts<EmergencyCard>(key, 'card', sealed);
  }

  async saveCard(memberId: string, card: EmergencyCard): Promise<void> {
    await this.save(memberId, 'card', card);
  }

  async savePlan(memberId: string, plan: SafetyPlan): Promise<void> {
    await this.save(memberId, 'plan', plan);
  }

  async eraseIn(tx: Tx, memberId: string): Promise<void> {
    await this.sql.rowsIn(tx, erase, { memberId });
  }

  private async save(memberId: string, what: 'card' | 'plan', texts: object): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      const key = await this.vault.forWriting(tx, memberId);
      await this.sql.rowsIn(tx, write[what], {
        memberId,
        sealed: key.seal(`safety_plans.${what}`, memberId, texts),
        now: this.clock.now(),
      });
    });
  }
}

function openTexts<Texts>(
  key: PrivateKey,
  what: 'card' | 'plan',
  sealed: Buffer | null,
): Texts | null {
  if (sealed === null) return null;
  try {
    return key.open<Texts>(`safety_plans.${what}`, key.memberId, sealed);
  } catch {
    // As above: the page is shown without it.
    return null;
  }
}
