import { statement, type NoParams } from '../kernel/sql.js';

export interface ResourceFacets {
  countries: string[];
  languages: string[];
}

export interface ResourceFilter {
  country: string;
  need: string;
  language: string;
  kind: string;
}

export interface ResourceRow {
  id: string;
  slug: string;
  name: string;
  kind: string;
  summary: string;
  url: string;
  countries: string[];
  languages: string[];
  needs: string[];
  checkedOn: string | null;
}

const COLUMNS = `
  r.id, r.slug, r.name, r.kind, r.summary, r.url, r.countries, r.languages, r.needs,
  r.checked_on::text as "checkedOn"`;

/** The matching entries: first those for the country, then those for the need, then the rest. */
export const shownResources = statement<ResourceFilter, ResourceRow>(
  'resources.shown',
  `select ${COLUMNS} from resources r
   where r.shown
     and (:country = '' or :country = any(r.countries) or 'ZZ' = any(r.countries))
     and (:need = '' or cardinality(r.needs) = 0 or :need = any(r.needs))
     and (:language = '' or :language = any(r.languages))
     and (:kind = '' or r.kind = :kind)
   order by (:country <> '' and :country = any(r.countries)) desc,
     (:need <> '' and :need = any(r.needs)) desc, 'ZZ' = any(r.countries) desc, r.name
   limit 300`,
);

export interface ShownLink {
  id: string;
  name: string;
  url: string;
}

/** The URLs of all visible entries. */
export const shownLinks = statement<NoParams, ShownLink>(
  'resources.links',
  'select id, name, url from resources where shown order by name, id',
);

/** The countries and languages of visible entries, for filtering. */
export const resourceFacets = statement<NoParams, ResourceFacets>(
  'resources.facets',
  `
    select array(select distinct c
      from resources r, unnest(r.countries) c
      where r.shown and c <> 'ZZ'
      order by 1) as countries,
      array(select distinct l
        from resources r, unnest(r.languages) l
        where r.shown
        order by 1) as languages
  `,
);

export const resourceBySlug = statement<{ slug: string }, ResourceRow>(
  'resources.by-slug',
  `select ${COLUMNS} from resources r where r.slug = :slug and r.shown`,
);

export interface EditableResource extends ResourceRow {
  shown: boolean;
  version: number;
  reports: { problem: string; note: string; at: string }[] | null;
}

const SELECT_EDITABLE = `select ${COLUMNS}, r.shown, r.version,
    (select json_agg(json_build_object('problem', p.problem, 'note', p.note, 'at', p.created_at)
      order by p.id)
      from resource_reports p
      where p.resource_id = r.id and p.answered_at is null) as reports
  from resources r`;

/** Reported entries first, then those with the oldest check. */
export const allResources = statement<NoParams, EditableResource>(
  'resources.all',
  `
    ${SELECT_EDITABLE}
    order by exists (select 1
      from resource_reports p
      where p.resource_id = r.id and p.answered_at is null) desc,
      r.checked_on nulls first, r.name
    limit 1000
  `,
);

export const resourceById = statement<{ id: string }, EditableResource>(
  'resources.by-id',
  `${SELECT_EDITABLE} where r.id = :id`,
);

export interface PastVersion {
  version: number;
  wording: Record<string, unknown>;
  handle: string | null;
  replacedAt: Date;
}

export const pastVersions = statement<{ id: string }, PastVersion>(
  'resources.past',
  `
    select v.version, v.wording, m.handle::text, v.replaced_at as "replacedAt"
    from resource_versions v
    left join members m on m.id = v.member_id
    where v.resource_id = :id
    order by v.version desc
    limit 50
  `,
);
