import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import type { Tx } from '../kernel/database.js';
import { Sql } from '../kernel/sql.js';
import type { Values } from '../http/form.js';
import { deleteDraft, deleteEmptied, readDraft, saveDraft } from './drafts.queries.js';

const PLACE = /^\/(c\/[a-z0-9-]{1,60}\/threads|t\/\d{1,18}\/replies|posts\/\d{1,18}\/edit)$/;
/** The form fields that a draft contains. */
const FIELDS = [
  'title',
  'body',
  'kind',
  'replyWish',
  'contentWarnings',
  'summary',
  'ending',
  'update',
  'anonymous',
  'writeAs',
  'replyTo',
  'quotes',
  'strategies',
  'topic',
  'pollQuestion',
  'pollOptions',
  'pollSeveral',
  'pollDays',
  'pollResults',
  'language',
];

/** Maximum number of characters of all fields together, as JSON. */
const MAX_LENGTH = 60_000;

export function isDraftPlace(place: unknown): place is string {
  return typeof place === 'string' && PLACE.test(place);
}

/** The key of an open form, which stays the same however often it is submitted. */
function keyOf(values: Values): string {
  const key = values.draftKey ?? values.idempotencyKey;
  return typeof key === 'string' ? key.slice(0, 80) : '';
}

function isEmpty(fields: Values): boolean {
  return typeof fields.body === 'string' && fields.body.trim() === '' && !fields.title;
}

/** The URL of the page with the form of a place. */
export function formPage(place: string): string {
  if (place.startsWith('/c/')) return place.replace(/\/threads$/, '/new');
  return place.startsWith('/t/') ? `${place.replace(/\/replies$/, '')}#reply` : place;
}

/** Unfinished texts, stored on the server: one draft per form, visible only to its owner. */
@Injectable()
export class Drafts {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {}

  /**
   * Saves the fields of a form; an emptied form deletes the draft that it saved or showed.
   * @param place path that the form is submitted to, such as `/t/1/replies`
   * @returns `two` if another form's fields are kept beside it, `none` if nothing was saved
   */
  async keep(memberId: string, place: string, values: Values): Promise<'kept' | 'two' | 'none'> {
    const fields = Object.fromEntries(
      Object.entries(values).filter(([name]) => FIELDS.includes(name)),
    );
    const json = JSON.stringify(fields);
    if (!isDraftPlace(place) || json.length > MAX_LENGTH) return 'none';
    const formKey = keyOf(values);
    const version = Number(values.draftVersion ?? 0) || 0;
    if (isEmpty(fields)) {
      if (formKey !== '') await this.sql.rows(deleteEmptied, { memberId, place, version, formKey });
      return 'none';
    }
    const now = this.clock.now();
    const row = await this.sql.first(saveDraft, { memberId, place, json, version, formKey, now });
    return row?.displaced === true ? 'two' : 'kept';
  }

  /** The fields for the form, with `draftVersion` and `draftOthers`; null if there is no draft. */
  async of(memberId: string, place: string): Promise<Values | null> {
    return (await this.sql.first(readDraft, { memberId, place }))?.fields ?? null;
  }

  async drop(memberId: string, place: string): Promise<void> {
    await this.sql.rows(deleteDraft, { memberId, place });
  }

  /** Like `drop`, in the caller's transaction. */
  async dropIn(tx: Tx, memberId: string, place: string): Promise<void> {
    await this.sql.rowsIn(tx, deleteDraft, { memberId, place });
  }
}
