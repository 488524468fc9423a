const MAX_VERSION = 2 ** 31 - 1;

/** The version of a draft in a field of a form; 0 if it is none. */
export function draftVersionIn(field: unknown): number {
  const version = Number(field);
  return Number.isInteger(version) && version > 0 && version <= MAX_VERSION ? version : 0;
}

/**
 * SQL: the state of draft `d` for a form, beside its fields: its version, and whether other forms
 * saved one too.
 */
export function draftState(d: string): string {
  return `jsonb_build_object('draftVersion', ${d}.version::text,
    'draftOthers', case when ${d}.others = '{}' then '' else 'yes' end)`;
}

/** SQL: whether a form, by its key and the version that it showed, saved or showed draft `d`. */
function isOfForm(d: string): string {
  return `(${d}.form_key = nullif(:draftKey, '') or ${d}.version = :draftVersion)`;
}

/**
 * SQL: a part of a `with` that deletes the draft that the form of `:draftKey` and `:draftVersion`
 * saved or showed, unless another form saved fields in the same place.
 */
export function deleteDraftCte(member: string, place: string): string {
  return `
    dropped as (
      delete from drafts d
      where d.member_id = ${member}
        and d.place = ${place}
        and d.others = '{}'
        and ${isOfForm('d')}
      returning 1
    )`;
}

/**
 * SQL: two parts of a `with` that delete what the form of `:draftKey` and `:draftVersion` saved or
 * showed. What other forms saved in the same place stays: if the form's fields are the draft, the
 * next ones become the draft.
 */
export function deleteDraftCtes(member: string, place: string): string {
  return `${deleteDraftCte(member, place)}, promoted as (
      update drafts d
      set fields = case when o.current then o.value else d.fields end,
        form_key = case when o.current then o.key else d.form_key end,
        version = d.version + case when o.current then 1 else 0 end,
        others = d.others - case when o.current then o.key else :draftKey end
      from (select k.member_id, k.place, ${isOfForm('k')} as current, e.key, e.value
        from drafts k
        cross join jsonb_each(k.others) e
        where k.member_id = ${member} and k.place = ${place}
        order by e.key
        limit 1) o
      where d.member_id = o.member_id
        and d.place = o.place
        and (o.current or jsonb_exists(d.others, :draftKey))
      returning 1
    )`;
}
