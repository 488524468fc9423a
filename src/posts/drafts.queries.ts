import type { Values } from '../http/form.js';
import { statement } from '../kernel/sql.js';
import { deleteDraftCtes, draftState } from './draft-fragments.js';

/** An open form, as far as drafts are concerned. */
export interface DraftForm {
  /** Stays the same however often the form is submitted; empty if the form has none. */
  draftKey: string;
  /** The version of the draft that the form showed; 0 if it showed none. */
  draftVersion: number;
}

export interface SaveDraft extends DraftForm {
  memberId: string;
  place: string;
  json: string;
  now: Date;
}

/**
 * Saves the fields of a form. If the form did not show the saved draft (optimistic locking by
 * version), that draft is moved to `others` under the key of its form, once per form. The draft of a
 * form that was open when its thread was merged belongs to the thread that has its posts now.
 */
export const saveDraft = statement<SaveDraft, { displaced: boolean }>(
  'drafts.save',
  `
    insert into drafts as d (member_id, place, fields, form_key, updated_at)
    values (:memberId,
      coalesce((select '/t/' || t.merged_into || '/replies'
        from threads t
        where t.id = substring(:place from '^/t/([0-9]{1,18})/')::bigint
          and t.merged_into is not null),
        :place),
      :json, :draftKey, :now)
    on conflict (member_id, place)
    do update set fields = excluded.fields,
      form_key = excluded.form_key,
      version = d.version + 1,
      others = case
        when d.form_key = excluded.form_key or d.version = :draftVersion then d.others
        else d.others || jsonb_build_object(d.form_key, d.fields) end - excluded.form_key,
      updated_at = excluded.updated_at
    returning d.others <> '{}' as displaced
  `,
);

export const readDraft = statement<{ memberId: string; place: string }, { fields: Values }>(
  'drafts.read',
  `
    select fields || ${draftState('drafts')} as fields
    from drafts
    where member_id = :memberId and place = :place
  `,
);

/**
 * Deletes what a form saved or showed; what other forms saved in its place stays. Returns no row if
 * nothing was deleted.
 */
export const deleteDraft = statement<DraftForm & { memberId: string; place: string }, object>(
  'drafts.delete',
  `with ${deleteDraftCtes(':memberId', ':place')} select 1 from dropped union all select 1 from promoted`,
);
