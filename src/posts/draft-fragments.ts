/**
 * SQL: the state of draft `d` for a form, beside its fields: its version, and whether other forms
 * saved one too.
 */
export function draftState(d: string): string {
  return `jsonb_build_object('draftVersion', ${d}.version::text,
    'draftOthers', case when ${d}.others = '{}' then '' else 'yes' end)`;
}

/**
 * SQL: a part of a `with` that deletes a draft, unless another form saved fields in the same place.
 */
export function deleteDraftCte(member: string, place: string): string {
  return `
    dropped as (
      delete from drafts
      where member_id = ${member} and place = ${place} and others = '{}'
    )`;
}

/**
 * SQL: two parts of a `with` that delete a draft. If another form saved fields in the same place,
 * those become the draft.
 */
export function deleteDraftCtes(member: string, place: string): string {
  return `${deleteDraftCte(member, place)}, promoted as (
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
