import { readFileSync } from 'node:fs';
import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { freeSlug, slugOf } from '../content/slug.js';
import { ADVISORY_LOCKS } from '../kernel/advisory-locks.js';
import { Clock } from '../kernel/clock.js';
import { Database, type Tx } from '../kernel/database.js';
import { Conflict, NotFound } from '../kernel/errors.js';
import { ResourceReport } from './resource-report.entity.js';
import type { ResourceForm } from './resource.dto.js';
import { Resource } from './resource.entity.js';
import { runIdempotent } from '../kernel/sent-once.js';
import { Sql, executeIn, getIn, queryIn } from '../kernel/sql.js';
import {
  allResources,
  pastVersions,
  resourceById,
  resourceBySlug,
  resourceFacets,
  shownResources,
  type EditableResource,
  type PastVersion,
  type ResourceFacets,
  type ResourceFilter,
  type ResourceRow,
} from './resources.queries.js';

interface SeedRow {
  slug: string;
  name: string;
  kind: Resource['kind'];
  summary: string;
  url: string;
  countries: string[];
  languages: string[];
  needs: string[];
}

/** The columns stored for past versions. */
const VERSION_COLUMNS = 'name, kind, summary, url, countries, languages, needs, shown, checked_on';

/** The bundled entries. No installation has checked them yet. */
export function knownResources(): SeedRow[] {
  return JSON.parse(
    readFileSync(new URL('./resources.json', import.meta.url), 'utf8'),
  ) as SeedRow[];
}

/** The entries of "Help elsewhere". Administrators edit them; past versions are kept. */
@Injectable()
export class Resources {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {}

  async facets(): Promise<ResourceFacets> {
    return (await this.sql.first(resourceFacets)) ?? { countries: [], languages: [] };
  }

  /** The visible entries, at most 300. @param filter empty strings do not filter */
  async list(filter: ResourceFilter): Promise<ResourceRow[]> {
    return this.sql.rows(shownResources, filter);
  }

  /** @throws NotFound if no visible entry has the slug */
  async bySlug(slug: string): Promise<ResourceRow> {
    const key = { slug: slug.slice(0, 60).replaceAll('\u0000', '') };
    const row = await this.sql.first(resourceBySlug, key);
    if (row === null) throw new NotFound();
    return row;
  }

  /** Every entry, for administrators: reported ones first. */
  async all(): Promise<EditableResource[]> {
    return this.sql.rows(allResources);
  }

  /** @throws NotFound if there is no such entry */
  async byId(id: string): Promise<EditableResource> {
    const row = await this.sql.first(resourceById, { id });
    if (row === null) throw new NotFound();
    return row;
  }

  /** The 50 newest, newest first. */
  async pastVersions(id: string): Promise<PastVersion[]> {
    return this.sql.rows(pastVersions, { id });
  }

  /** Inserts the bundled entries into an empty table. @returns how many */
  async load(): Promise<number> {
    return this.database.inTransaction(async (tx) => {
      await executeIn(tx, 'select pg_advisory_xact_lock(:lock)', {
        lock: ADVISORY_LOCKS.resources,
      });
      const { isFilled } = await getIn<{ isFilled: boolean }>(
        tx,
        'select exists (select 1 from resources) as "isFilled"',
      );
      if (isFilled) return 0;
      const rows = knownResources();
      const now = this.clock.now();
      await tx.getRepository(Resource).insert(
        rows.map(({ slug, name, kind, summary, url, countries, languages, needs }) => ({
          slug,
          name,
          kind,
          summary,
          url,
          countries,
          languages,
          needs,
          createdAt: now,
          updatedAt: now,
        })),
      );
      return rows.length;
    });
  }

  /** Sent twice within ten minutes, it is one. @returns the new entry's id */
  async add(memberId: string, form: ResourceForm): Promise<string> {
    const sent = { memberId, what: 'resource', words: Object.values(columnsOf(form)) };
    return this.database.inTransaction((tx) =>
      runIdempotent(tx, sent, this.clock.now(), async () => {
        const row = await getIn<{ id: string }>(
          tx,
          `
          insert into resources (slug, name, kind, summary, url, countries, languages, needs, shown,
            checked_on, created_at, updated_at)
         values (:slug, :name, :kind, :summary, :url, :countries, :languages, :needs, :shown, case
           when :checked::boolean then :now::timestamptz::date end, :now, :now)
         returning id`,
          {
            slug: await this.freeSlug(tx, form.name),
            ...columnsOf(form),
            now: this.clock.now(),
          },
        );
        return row.id;
      }),
    );
  }

  /**
   * Stores the new texts, and the previous ones as a past version. Resolves open reports.
   * @throws NotFound if there is no such entry
   * @throws Conflict if it changed since the form was opened
   */
  async change(memberId: string, id: string, form: ResourceForm): Promise<void> {
    const now = this.clock.now();
    await this.database.inTransaction(async (tx) => {
      const [before] = await queryIn<{ version: number }>(
        tx,
        'select version from resources where id = :id for update',
        { id },
      );
      if (before === undefined) throw new NotFound();
      if (before.version !== form.version) throw new Conflict('resources.error.stale');
      await executeIn(
        tx,
        `insert into resource_versions (resource_id, version, wording, member_id, replaced_at)
         select r.id, r.version,
           (select to_jsonb(w) from (select ${VERSION_COLUMNS} from resources where id = r.id) w),
           :memberId, :now
         from resources r
         where r.id = :id`,
        { id, memberId, now },
      );
      await executeIn(
        tx,
        `
          update resources
          set name = :name, kind = :kind, summary = :summary, url = :url, countries = :countries,
            languages = :languages, needs = :needs, shown = :shown,
           checked_on = case
             when :checked::boolean then :now::timestamptz::date
             else checked_on end, version = version + 1, updated_at = :now
           where id = :id`,
        {
          id,
          ...columnsOf(form),
          now,
        },
      );
      await tx
        .getRepository(ResourceReport)
        .update({ resourceId: id, answeredAt: IsNull() }, { answeredAt: now });
    });
  }

  /** Stores a report, without its reporter. @throws NotFound if no visible entry has the slug */
  async report(slug: string, problem: string, note: string): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      const rows = await queryIn<object>(
        tx,
        `
          insert into resource_reports (resource_id, problem, note, created_at)
          select id, :problem, :note, :now
          from resources
          where slug = :slug and shown
          returning id
        `,
        { slug, problem, note, now: this.clock.now() },
      );
      if (rows.length === 0) throw new NotFound();
    });
  }

  private async freeSlug(tx: Tx, name: string): Promise<string> {
    const slug = slugOf(name, { prefix: 'entry', longest: 50 });
    await executeIn(tx, 'select pg_advisory_xact_lock(:lock)', { lock: ADVISORY_LOCKS.resources });
    const taken = await queryIn<{ slug: string }>(
      tx,
      `select slug from resources where slug like :slug || '%'`,
      { slug },
    );
    return freeSlug(
      slug,
      taken.map((row) => row.slug),
    );
  }
}

/** The form fields as columns; `checked` stores today's date. */
function columnsOf(form: ResourceForm): Omit<ResourceForm, 'version'> {
  const { name, kind, summary, url, countries, languages, needs, shown, checked } = form;
  return { name, kind, summary, url, countries, languages, needs, shown, checked };
}
