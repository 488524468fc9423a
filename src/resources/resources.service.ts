import { readFileSync } from 'node:fs';
import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { Database, type Tx } from '../kernel/database.js';
import { Conflict, NotFound } from '../kernel/errors.js';
import type { ResourceForm } from './resource.dto.js';

interface SeedRow {
  slug: string;
  name: string;
  kind: string;
  summary: string;
  url: string;
  countries: string[];
  languages: string[];
  needs: string[];
}

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
  ) {}

  /** Into an empty table alone. @returns how many came in */
  async load(): Promise<number> {
    return this.database.inTransaction(async (tx) => {
      await tx.query('select pg_advisory_xact_lock(7262632)');
      const [{ any }] = (await tx.query('select exists (select 1 from resources) as any')) as [
        { any: boolean },
      ];
      if (any) return 0;
      const rows = knownResources();
      for (const row of rows) {
        await tx.query(
          `
            insert into resources (slug, name, kind, summary, url, countries, languages, needs,
              created_at, updated_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)
          `,
          [
            row.slug,
            row.name,
            row.kind,
            row.summary,
            row.url,
            row.countries,
            row.languages,
            row.needs,
            this.clock.now(),
          ],
        );
      }
      return rows.length;
    });
  }

  /** @returns the new entry's id */
  async add(form: ResourceForm): Promise<string> {
    return this.database.inTransaction(async (tx) => {
      const [row] = (await tx.query(
        `
          insert into resources (slug, name, kind, summary, url, countries, languages, needs, shown,
            checked_on, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, case
           when $10::boolean then $11::timestamptz::date end, $11, $11)
         returning id`,
        [
          await this.freeSlug(tx, form.name),
          form.name,
          form.kind,
          form.summary,
          form.url,
          form.countries,
          form.languages,
          form.needs,
          form.shown,
          form.checked,
          this.clock.now(),
        ],
      )) as [{ id: string }];
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
      const [before] = (await tx.query('select version from resources where id = $1 for update', [
        id,
      ])) as { version: number }[];
      if (before === undefined) throw new NotFound();
      if (before.version !== form.version) throw new Conflict('resources.error.stale');
      await tx.query(
        `insert into resource_versions (resource_id, version, wording, member_id, replaced_at)
         select r.id, r.version,
           (select to_jsonb(w) from (select ${FIELDS} from resources where id = r.id) w), $2, $3
         from resources r
         where r.id = $1`,
        [id, memberId, now],
      );
      await tx.query(
        `
          update resources
          set name = $2, kind = $3, summary = $4, url = $5, countries = $6, languages = $7,
            needs = $8, shown = $9,
           checked_on = case
             when $10::boolean then $11::timestamptz::date
             else checked_on end, version = version + 1, updated_at = $11
           where id = $1`,
        [
          id,
          form.name,
          form.kind,
          form.summary,
          form.url,
          form.countries,
          form.languages,
          form.needs,
          form.shown,
          form.checked,
          now,
        ],
      );
      await tx.query(
        `
          update resource_reports
          set answered_at = $2
          where resource_id = $1 and answered_at is null
        `,
        [id, now],
      );
    });
  }

  /** From anybody; who it was is not kept. */
  async report(slug: string, problem: string, note: string): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      const rows = (await tx.query(
        `
          insert into resource_reports (resource_id, problem, note, created_at)
          select id, $2, $3, $4
          from resources
          where slug = $1 and shown
          returning id
        `,
        [slug, problem, note, this.clock.now()],
      )) as unknown[];
      if (rows.length === 0) throw new NotFound();
    });
  }

  private async freeSlug(tx: Tx, name: string): Promise<string> {
    const plain = name
      .normalize('NFKD')
      .toLowerCase()
      .replace(/\p{M}/gu, '')
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 50);
    const stem = plain.length < 2 ? `entry-${plain}`.replace(/-$/, '') : plain;
    const taken = new Set(
      (
        (await tx.query(`select slug from resources where slug like $1 || '%'`, [stem])) as {
          slug: string;
        }[]
      ).map(({ slug }) => slug),
    );
    for (let number = 1; ; number += 1) {
      const slug = number === 1 ? stem : `${stem}-${number}`;
      if (!taken.has(slug)) return slug;
    }
  }
}
