import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import type { Tx } from '../kernel/database.js';
import { Sql, statement } from '../kernel/sql.js';
import type { Values } from '../http/form.js';

const PLACE = /^\/(c\/[a-z0-9-]{1,60}\/threads|t\/\d{1,18}\/replies|posts\/\d{1,18}\/edit)$/;
const KEPT = [
  'title',
  'body',
  'kind',
  'replyWish',
  'contentWarnings',
  'summary',
  'anonymous',
  'replyTo',
  'quotes',
  'topic',
];

/** Characters of all fields together. */
const LONGEST = 60_000;

const keep = statement<{ memberId: string; place: string; json: string; now: Date }, object>(
  'drafts.keep',
  `insert into drafts (member_id, place, fields, updated_at) values (:memberId, :place, :json, :now)
   on conflict (member_id, place)
   do update set fields = excluded.fields, updated_at = excluded.updated_at`,
);
const read = statement<{ memberId: string; place: string }, { fields: Values; at: Date }>(
  'drafts.read',
  'select fields, updated_at as at from drafts where member_id = :memberId and place = :place',
);
const drop = statement<{ memberId: string; place: string }, object>(
  'drafts.drop',
  'delete from drafts where member_id = :memberId and place = :place',
);

export function isDraftPlace(place: unknown): place is string {
  return typeof place === 'string' && PLACE.test(place);
}

/** The page that shows the form of a place. */
export function formPage(place: string): string {
  if (place.startsWith('/c/')) return place.replace(/\/threads$/, '/new');
  return place.startsWith('/t/') ? `${place.replace(/\/replies$/, '')}#reply` : place;
}

/**
 * What somebody is writing, kept on the server: one draft for each form, read by its owner alone.
 */
@Injectable()
export class Drafts {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {}

  /** @returns false where there is nothing worth keeping */
  async keep(memberId: string, place: string, values: Values): Promise<boolean> {
    const fields = Object.fromEntries(
      Object.entries(values).filter(([name]) => KEPT.includes(name)),
    );
    const json = JSON.stringify(fields);
    if (!isDraftPlace(place) || json.length > LONGEST) return false;
    if (typeof fields.body === 'string' && fields.body.trim() === '' && (fields.title ?? '') === '')
      return false;
    await this.sql.rows(keep, { memberId, place, json, now: this.clock.now() });
    return true;
  }

  async of(memberId: string, place: string): Promise<Values | null> {
    return (await this.sql.first(read, { memberId, place }))?.fields ?? null;
  }

  async drop(memberId: string, place: string): Promise<void> {
    await this.sql.rows(drop, { memberId, place });
  }

  /** In the transaction that publishes what the draft became. */
  async dropIn(tx: Tx, memberId: string, place: string): Promise<void> {
    await this.sql.rowsIn(tx, drop, { memberId, place });
  }
}
