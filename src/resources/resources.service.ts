import { readFileSync } from 'node:fs';
import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { freeSlug, slugOf } from '../content/slug.js';
import { Clock } from '../kernel/clock.js';
import { Database, type Tx } from '../kernel/database.js';
import { Conflict, NotFound } from '../kernel/errors.js';
import { ResourceReport } from './resource-report.entity.js';
import type { ResourceForm } from './resource.dto.js';
import { Resource } from './resource.entity.js';
import { executeIn, getIn, queryIn, Sql } from '../kernel/sql.js';
import { WORLD } from './resource-options.js';
import { shownResources, type ResourceRow } from './resources.queries.js';

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

/** Beside the groups that were found, a few are enough. */
const FEW = 3;

const FIELDS = 'name, kind, summary, url, countries, languages, needs, shown, checked_on';

/**
 * The entries that this project knows of. Nobody has checked them on behalf of an installation yet,
 * and the page says so.
 */
export function knownResources(): SeedRow[] {
  return JSON.parse(
    readFileSync(new URL('./resources.json', import.meta.url), 'utf8'),
  ) as SeedRow[];
}

/** Help elsewhere: written by administrators, each change kept. */
@Injectable()
export class Resources {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly sql: Sql,
  ) {}

  /**
   * The few entries that fit best. @param need a difficulty, or nothing @param country where
   * somebody lives; nothing for entries that are for everybody
   */
  async fitting(need: string, country: string): Promise<ResourceRow[]> {
    const rows = await this.sql.rows(shownResources, {
      country: country === '' ? WORLD : country,
      need,
      language: '',
      kind: '',
    });
    return rows.slice(0, FEW);
  }

  /** Into an empty table alone. @returns how many came in */
  async load(): Promise<number> {
    return this.database.inTransaction(async (tx) => {
      await executeIn(tx, 'select pg_advisory_xact_lock(7262632)');
      const { any } = await getIn<{ any: boolean }>(
        tx,
        'select exists (select 1 from resources) as any',
      );
      if (any) return 0;
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

  /** @returns the new entry's id */
  async add(form: ResourceForm): Promise<string> {
    return this.database.inTransaction(async (tx) => {
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
          name: form.name,
          kind: form.kind,
          summary: form.summary,
          url: form.url,
          countries: form.countries,
          languages: form.languages,
          needs: form.needs,
          shown: form.shown,
          checked: form.checked,
          now: this.clock.now(),
        },
      );
      return row.id;
    });
  }

  /**
   * Keeps the words before under their version, and counts open reports as answered. @throws
   * Conflict where another window was first
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
           (select to_jsonb(w) from (select ${FIELDS} from resources where id = r.id) w),
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
          name: form.name,
          kind: form.kind,
          summary: form.summary,
          url: form.url,
          countries: form.countries,
          languages: form.languages,
          needs: form.needs,
          shown: form.shown,
          checked: form.checked,
          now,
        },
      );
      await tx
        .getRepository(ResourceReport)
        .update({ resourceId: id, answeredAt: IsNull() }, { answeredAt: now });
    });
  }

  /** From anybody; who it was is not kept. */
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
