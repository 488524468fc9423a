import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { Sql } from '../kernel/sql.js';
import type { Values } from '../http/form.js';
import { draftVersionIn } from './draft-fragments.js';
import { deleteDraft, readDraft, saveDraft, type DraftForm } from './drafts.queries.js';

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

/** The open form that was submitted with these values. */
export function draftFormOf(values: Values): DraftForm {
  const key = values.draftKey ?? values.idempotencyKey;
  return {
    draftKey: typeof key === 'string' ? key.slice(0, 100) : '',
    draftVersion: draftVersionIn(values.draftVersion),
  };
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
   * @returns `two` if another form's fields are kept beside it, `none` if they are too long to save
   */
  async keep(
    memberId: string,
    place: string,
    values: Values,
  ): Promise<'kept' | 'two' | 'emptied' | 'none'> {
    const fields = Object.fromEntries(
      Object.entries(values).filter(([name]) => FIELDS.includes(name)),
    );
    const json = JSON.stringify(fields);
    if (!isDraftPlace(place) || json.length > MAX_LENGTH) return 'none';
    const form = draftFormOf(values);
    if (isEmpty(fields)) {
      await this.drop(memberId, place, form);
      return 'emptied';
    }
    const now = this.clock.now();
    const row = await this.sql.first(saveDraft, { memberId, place, json, ...form, now });
    return row?.displaced === true ? 'two' : 'kept';
  }

  /** The fields for the form, with `draftVersion` and `draftOthers`; null if there is no draft. */
  async of(memberId: string, place: string): Promise<Values | null> {
    return (await this.sql.first(readDraft, { memberId, place }))?.fields ?? null;
  }

  /**
   * Deletes what a form saved or showed. What other forms saved in its place stays, and so does the
   * draft if it has changed since the form showed it.
   * @returns whether there was such a draft
   */
  async drop(memberId: string, place: string, form: DraftForm): Promise<boolean> {
    return (await this.sql.rows(deleteDraft, { memberId, place, ...form })).length > 0;
  }
}
