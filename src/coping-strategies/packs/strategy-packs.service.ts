import { Injectable } from '@nestjs/common';
import { ADVISORY_LOCKS } from '../../kernel/advisory-locks.js';
import { Clock } from '../../kernel/clock.js';
import { Database, type Tx } from '../../kernel/database.js';
import { Sql, statement, type NoParams, executeIn, queryIn } from '../../kernel/sql.js';
import { FORMAT, FORMAT_VERSION, readPack, type Pack, type PackFault } from './pack-format.js';
import { PACK_COLUMNS, PACK_JOINS, packEntry, sameEntry, type PackRow } from './pack-rows.js';
import type { PackEntry, PackHead } from './pack.dto.js';
import { saveVersion } from '../core/strategy-versions.js';

/** How many strategies of a pack were added, updated or skipped. */
export interface ImportCounts {
  added: number;
  updated: number;
  unchanged: number;
  /** The library already has a newer version. */
  older: number;
}

export type ImportResult =
  { done: ImportCounts; faults?: undefined } | { done?: undefined; faults: PackFault[] };

// Members' strategies are not exported: members may withdraw them at any time, which an exported
// file could not reflect.
const exported = statement<NoParams, PackRow>(
  'strategies.export',
  `
    select ${PACK_COLUMNS}
    from coping_strategies s ${PACK_JOINS}
    where s.status = 'published' and s.member_id is null and s.stable_id not like 'local:%'
    order by s.stable_id collate "C"
  `,
);

const OWN_HEAD: PackHead = {
  id: 'sameboat-library',
  name: 'Sameboat library',
  version: 1,
  publisher: 'Sameboat',
  licence: 'CC-BY-4.0',
  attribution: '',
};

/** Exports and imports packs of strategies. An import is atomic. */
@Injectable()
export class StrategyPacks {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {}

  /** @returns the pack as JSON; deterministic for the same library */
  async exportText(head: PackHead = OWN_HEAD): Promise<string> {
    const rows = await this.sql.rows(exported);
    const pack: Pack = {
      format: FORMAT,
      formatVersion: FORMAT_VERSION,
      pack: head,
      strategies: rows.map(packEntry),
    };
    return `${JSON.stringify(pack, null, 1)}\n`;
  }

  /**
   * Imports a pack. Idempotent. A single fault rejects the whole pack.
   * @param text the JSON file
   */
  async importText(text: string): Promise<ImportResult> {
    const { pack, faults } = readPack(text);
    if (faults !== undefined) return { faults };
    return this.database.inTransaction(async (tx) => {
      await executeIn(tx, 'select pg_advisory_xact_lock(:lock)', {
        lock: ADVISORY_LOCKS.strategyPacks,
      });
      const known = await this.known(tx, pack);
      const wrong = pack.strategies.flatMap((entry, at) => faultsAgainst(entry, at, known, pack));
      if (wrong.length > 0) return { faults: wrong };
      return { done: await this.write(tx, pack, known) };
    });
  }

  private async known(tx: Tx, pack: Pack): Promise<Map<string, PackRow>> {
    const ids = pack.strategies.flatMap((entry) => [
      entry.id,
      ...(entry.translationOf === null ? [] : [entry.translationOf.id]),
    ]);
    const rows = await queryIn<PackRow>(
      tx,
      `
        select ${PACK_COLUMNS}
        from coping_strategies s ${PACK_JOINS}
        where s.stable_id = any(:ids) or s.slug = any(:slugs)
      `,
      { ids, slugs: pack.strategies.map((entry) => entry.slug) },
    );
    return new Map(rows.map((row) => [row.stableId, row]));
  }

  private async write(tx: Tx, pack: Pack, known: Map<string, PackRow>): Promise<ImportCounts> {
    const counts: ImportCounts = { added: 0, updated: 0, unchanged: 0, older: 0 };
    const changed: PackEntry[] = [];
    for (const entry of pack.strategies) {
      const before = known.get(entry.id);
      const result =
        before === undefined
          ? 'added'
          : before.version > entry.version
            ? 'older'
            : before.version === entry.version
              ? 'unchanged'
              : 'updated';
      counts[result] += 1;
      if (result === 'added') await this.add(tx, entry);
      if (before !== undefined && result === 'updated') await this.update(tx, before, entry);
      if (result === 'added' || result === 'updated') changed.push(entry);
    }
    for (const { id, translationOf } of changed) {
      await executeIn(
        tx,
        `
          update coping_strategies s
          set translated_version = :version,
            translation_of = (select o.id
              from coping_strategies o
              where o.stable_id = :translationOfId)
          where s.stable_id = :id
        `,
        { id, translationOfId: translationOf?.id ?? null, version: translationOf?.version ?? null },
      );
    }
    return counts;
  }

  private async add(tx: Tx, entry: PackEntry): Promise<void> {
    await executeIn(
      tx,
      `insert into coping_strategies (
         ${PACK_COLUMN_NAMES.join(', ')}, status, published_at, created_at, updated_at
       )
       values (${PACK_COLUMN_NAMES.map((name) => `:${valueName(name)}`).join(', ')}, 'published',
         :now, :now, :now)`,
      { ...values(entry), now: this.clock.now() },
    );
  }

  /** Does not change the status: a strategy withdrawn here stays withdrawn. */
  private async update(tx: Tx, before: PackRow, entry: PackEntry): Promise<void> {
    const now = this.clock.now();
    await saveVersion(tx, before.id, now);
    const changed = PACK_COLUMN_NAMES.filter((name) => name !== 'stable_id');
    await executeIn(
      tx,
      `update coping_strategies
       set ${changed.map((name) => `${name} = :${valueName(name)}`).join(', ')}, updated_at = :now
       where stable_id = :stableId`,
      { ...values(entry), now },
    );
  }
}

/** The columns that a pack sets. */
const PACK_COLUMN_NAMES = [
  'stable_id',
  'slug',
  'language',
  'name',
  'summary',
  'steps',
  'fits',
  'fits_not',
  'minutes',
  'energy',
  'needs',
  'kinds',
  'places',
  'times',
  'challenges',
  'origin',
  'source_name',
  'source_url',
  'reviewed_on',
  'licence',
  'credit',
  'version',
];

function valueName(column: string): string {
  return column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** The values of `PACK_COLUMN_NAMES`, by parameter name. */
type PackValues = Omit<PackEntry, 'id' | 'source'> & {
  stableId: string;
  sourceName: string;
  sourceUrl: string;
};

function values(entry: PackEntry): PackValues {
  const { id: stableId, source, ...rest } = entry;
  return { ...rest, stableId, sourceName: source.name, sourceUrl: source.url };
}

function faultsAgainst(
  entry: PackEntry,
  at: number,
  known: Map<string, PackRow>,
  pack: Pack,
): PackFault[] {
  const place = `strategies[${at}]`;
  const faults: PackFault[] = [];
  const before = known.get(entry.id);
  if (
    before !== undefined &&
    before.version === entry.version &&
    !sameEntry(packEntry(before), entry)
  )
    faults.push({
      at: `${place}.version`,
      key: 'strategies.fault.same-version',
      params: { number: entry.version },
    });
  const neighbour = [...known.values()].find(
    (row) => row.slug === entry.slug && row.stableId !== entry.id,
  );
  if (neighbour !== undefined)
    faults.push({ at: `${place}.slug`, key: 'strategies.fault.slug-taken' });
  if (entry.translationOf !== null) {
    const { id, version } = entry.translationOf;
    const newest = Math.max(
      pack.strategies.find((other) => other.id === id)?.version ?? 0,
      known.get(id)?.version ?? 0,
    );
    if (newest === 0 || id === entry.id)
      faults.push({ at: `${place}.translationOf.id`, key: 'strategies.fault.no-original' });
    else if (version > newest)
      faults.push({
        at: `${place}.translationOf.version`,
        key: 'strategies.fault.original-version',
        params: { number: newest },
      });
  }
  return faults;
}
