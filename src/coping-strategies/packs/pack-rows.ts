import { CONTENT_COLUMNS, type StrategyContent } from '../core/strategy-content.js';
import type { PackEntry } from './pack.dto.js';

/** A strategy with all fields of a pack. */
export interface PackRow extends StrategyContent {
  id: string;
  stableId: string;
  slug: string;
  language: string;
  origin: string;
  sourceName: string;
  sourceUrl: string;
  reviewedOn: string | null;
  licence: string;
  credit: string;
  version: number;
  /** For a translation: the stable id of the original, and the version it is based on. */
  originalId: string | null;
  originalVersion: number | null;
}

export const PACK_COLUMNS = `
  s.id, s.stable_id as "stableId", s.slug, s.language, ${CONTENT_COLUMNS}, s.origin,
  s.source_name as "sourceName", s.source_url as "sourceUrl",
  s.reviewed_on::text as "reviewedOn", s.licence, s.credit, s.version,
  o.stable_id as "originalId", s.translated_version as "originalVersion"`;

export const PACK_JOINS = 'left join coping_strategies o on o.id = s.translation_of';

/** Converts a row to an entry of a pack. The field order here is the order in the file. */
export function packEntry(row: PackRow): PackEntry {
  return {
    id: row.stableId,
    version: row.version,
    slug: row.slug,
    language: row.language,
    name: row.name,
    summary: row.summary,
    steps: row.steps,
    fits: row.fits,
    fitsNot: row.fitsNot,
    minutes: row.minutes,
    energy: row.energy,
    needs: row.needs,
    kinds: row.kinds,
    places: row.places,
    times: row.times,
    challenges: row.challenges,
    origin: row.origin,
    source: { name: row.sourceName, url: row.sourceUrl },
    reviewedOn: row.reviewedOn,
    licence: row.licence,
    credit: row.credit,
    translationOf:
      row.originalId === null ? null : { id: row.originalId, version: row.originalVersion ?? 1 },
  };
}

/** Whether two entries are equal, regardless of field order. */
export function sameEntry(a: PackEntry, b: PackEntry): boolean {
  return canonical(a) === canonical(b);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
