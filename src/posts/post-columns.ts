import type { CaseTier } from '../safety/risk.js';
import type { HeldFor } from './holds.js';

/** Columns that say how a post stands: how it was weighed, whether it waits, what moderators did to it. */
export interface PostStandingRow {
  tier: CaseTier;
  heldFor: HeldFor | null;
  heldAt: Date | null;
  heldUntil: Date | null;
  /** A moderator folded it. */
  folded: boolean;
  membersOnly: boolean;
  /** Content notes that moderators added. */
  addedNotes: string[];
  /** Content notes that a rule of the place suggests to the author. */
  suggestedNotes: string[];
}

export function standingColumns(p: string): string {
  return `${p}.tier, ${p}.held_for as "heldFor", ${p}.held_at as "heldAt", ${p}.held_until as "heldUntil", ${p}.folded, ${p}.members_only as "membersOnly",
          ${p}.added_notes as "addedNotes", ${p}.suggested_notes as "suggestedNotes"`;
}
