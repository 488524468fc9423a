import { isId } from '../../kernel/ids.js';
import type { CaseTier } from '../../triage/risk.js';
import { MAX_TOGETHER } from './bulk.dto.js';

/** A case that a moderator chose, and the version that they saw; null before the first look. */
export interface ChosenRef {
  readonly id: string;
  readonly version: number | null;
}

/** What decides whether a case may be decided together with others. */
export interface ChosenState {
  readonly kind: string;
  readonly tier: CaseTier;
  readonly state: string;
  readonly version: number;
  /** Somebody says that a person may be in danger now. */
  readonly danger: boolean;
  /** A colleague's claim is current. */
  readonly taken: boolean;
  /** A decision waits for a second person. */
  readonly proposed: boolean;
  /** The post waits for a moderator. */
  readonly held: boolean;
  /** The author deleted the post. */
  readonly deleted: boolean;
  /** The viewer has opened the text. */
  readonly read: boolean;
}

export type BulkObstacle =
  'closed' | 'danger' | 'taken' | 'proposed' | 'alone' | 'changed' | 'unread';

/** Nobody, or no software, has looked at these yet, or they are pressing. */
const TO_BE_READ: ReadonlySet<CaseTier> = new Set(['urgent', 'unknown']);

/**
 * Why a case cannot be decided together with others; null if it can. Someone in danger is never
 * answered in bulk, and a text that is pressing, not screened or held is read first.
 * @param version the version that the moderator saw
 */
export function bulkObstacle(one: ChosenState, version: number | null): BulkObstacle | null {
  if (one.state !== 'open') return 'closed';
  if (one.tier === 'crisis' || one.danger) return 'danger';
  if (one.taken) return 'taken';
  if (one.proposed) return 'proposed';
  if (one.kind !== 'post' || one.deleted) return 'alone';
  if (version !== null && version !== one.version) return 'changed';
  if (mustBeRead(one)) return 'unread';
  return null;
}

/** Whether a moderator has to open the text before the case can be decided with others. */
export function mustBeRead({
  read,
  held,
  tier,
}: Pick<ChosenState, 'read' | 'held' | 'tier'>): boolean {
  return !read && (held || TO_BE_READ.has(tier));
}

/**
 * Reads the chosen cases of an address or a form: each as `id` or `id.version`.
 * @returns each case once, in the order given; nothing for what is not a case
 */
export function readChosen(texts: readonly string[]): ChosenRef[] {
  const refs = texts.flatMap((text): ChosenRef[] => {
    const [id = '', version, ...rest] = text.split('.');
    if (!isId(id) || rest.length > 0) return [];
    if (version === undefined) return [{ id, version: null }];
    return /^\d{1,9}$/.test(version) ? [{ id, version: Number(version) }] : [];
  });
  return refs
    .filter(({ id }, at) => refs.findIndex((other) => other.id === id) === at)
    .slice(0, MAX_TOGETHER);
}

/** The address of the page that shows the chosen cases. @param refs each `id` or `id.version` */
export function bulkAddress(refs: readonly string[]): string {
  return `/mod/bulk?${new URLSearchParams(refs.map((ref): [string, string] => ['case', ref])).toString()}`;
}
