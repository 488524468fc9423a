import { statement } from '../kernel/sql.js';
import type { SearchFields } from './search-options.js';

/** Maximum number of searches that a member can save. */
const MAX_SAVED = 30;

export interface SavedSearchRow {
  id: string;
  name: string;
  fields: SearchFields;
}

export const savedSearches = statement<{ memberId: string }, SavedSearchRow>(
  'search.saved',
  `
    select id, name, fields
    from saved_searches
    where member_id = :memberId
    order by name, id
  `,
);

/** Saves a search, or replaces the one with the same name; returns no row if there are too many. */
export const saveSearch = statement<
  { memberId: string; name: string; fields: string; now: Date },
  { id: string }
>(
  'search.save',
  `
    insert into saved_searches (member_id, name, fields, created_at)
    select :memberId, :name, :fields, :now
    where (select count(*)
      from saved_searches
      where member_id = :memberId and name <> :name) < ${MAX_SAVED}
    on conflict (member_id, name)
    do update set fields = excluded.fields
    returning id
  `,
);

export const deleteSavedSearch = statement<{ memberId: string; id: string }, object>(
  'search.delete-saved',
  `
    delete from saved_searches
    where member_id = :memberId and id = :id
  `,
);
