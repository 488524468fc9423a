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

/** What a form learns of draft `d` beside its words: its version, and whether there are others. */
export function draftState(d: string): string {
  return `jsonb_build_object('draftVersion', ${d}.version::text,
    'draftOthers', case when ${d}.others = '{}' then '' else 'yes' end)`;
}

export interface KeepParams {
  memberId: string;
  place: string;
  json: string;
  /** What the form began with: the version it showed, 0 where it showed none. */
  version: number;
  formKey: string;
  now: Date;
}

/**
 * A form that did not know of what is stored displaces it: what was stored goes under the key of
 * the form that wrote it, once for each form.
 */
const keep = statement<KeepParams, { displaced: boolean }>(
  'drafts.keep',
  `
    insert into drafts as d (member_id, place, fields, form_key, updated_at)
    values (:memberId, :place, :json, :formKey, :now)
    on conflict (member_id, place)
    do update set fields = excluded.fields,
      form_key = excluded.form_key,
      version = d.version + 1,
      others = case
        when d.form_key = excluded.form_key or d.version = :version then d.others
        else d.others || jsonb_build_object(d.form_key, d.fields) end - excluded.form_key,
      updated_at = excluded.updated_at
    returning d.others <> '{}' as displaced
  `,
);
const read = statement<{ memberId: string; place: string }, { fields: Values }>(
  'drafts.read',
  `
    select fields || ${draftState('drafts')} as fields
    from drafts
    where member_id = :memberId and place = :place
  `,
);
const empty = statement<{ memberId: string; place: string; formKey: string }, object>(
  'drafts.empty',
  `
    delete from drafts
    where member_id = :memberId
      and place = :place
      and form_key = :formKey
      and others = '{}'
  `,
);
/**
 * Two parts of a `with` that end a draft: it goes, and where another form wrote other words in its
 * place, those are the draft from then on.
 */
export function dropDraft(member: string, place: string): string {
  return `
    dropped as (
      delete from drafts
      where member_id = ${member} and place = ${place} and others = '{}'
    ), promoted as (
      update drafts d
      set fields = o.value, form_key = o.key, others = d.others - o.key, version = d.version + 1
      from (select k.member_id, k.place, e.key, e.value
        from drafts k
        cross join jsonb_each(k.others) e
        where k.member_id = ${member} and k.place = ${place}
        order by e.key
        limit 1) o
      where d.member_id = o.member_id and d.place = o.place
    )`;
}
const drop = statement<{ memberId: string; place: string }, object>(
  'drafts.drop',
  `with ${dropDraft(':memberId', ':place')} select 1 where false`,
);

export function isDraftPlace(place: unknown): place is string {
  return typeof place === 'string' && PLACE.test(place);
}

/** One form has one key, however often it is sent. */
function keyOf(values: Values): string {
  const key = values.draftKey ?? values.idempotencyKey;
  return typeof key === 'string' ? key.slice(0, 80) : '';
}

function isEmpty(fields: Values): boolean {
  return typeof fields.body === 'string' && fields.body.trim() === '' && !fields.title;
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

  /**
   * Keeps what a form holds. A form that is emptied drops what it wrote itself.
   * @returns `two` where another form's words are kept beside it
   */
  async keep(memberId: string, place: string, values: Values): Promise<'kept' | 'two' | 'none'> {
    const fields = Object.fromEntries(
      Object.entries(values).filter(([name]) => KEPT.includes(name)),
    );
    const json = JSON.stringify(fields);
    if (!isDraftPlace(place) || json.length > LONGEST) return 'none';
    const formKey = keyOf(values);
    if (isEmpty(fields)) {
      if (formKey !== '') await this.sql.rows(empty, { memberId, place, formKey });
      return 'none';
    }
    const version = Number(values.draftVersion ?? 0) || 0;
    const now = this.clock.now();
    const row = await this.sql.first(keep, { memberId, place, json, version, formKey, now });
    return row?.displaced === true ? 'two' : 'kept';
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
