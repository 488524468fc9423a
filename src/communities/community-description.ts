import { bodyHtml } from '../content/markdown.js';
import type { Tx } from '../kernel/database.js';
import { executeIn } from '../kernel/sql.js';

/**
 * What administrators set of a community in one form. Guidelines, hours, welcome and visibility have
 * forms of their own.
 */
export interface CommunityDescription {
  name: string;
  summary: string;
  purpose: string;
  joinQuestion: string;
  language: string;
  topics: string[];
  difficulties: string[];
  situations: string[];
  formats: string[];
  sensitive: boolean;
  aliasesAllowed: boolean;
  visitsAllowed: boolean;
  /** Search engines may list the community, and threads opened from then on. */
  searchEngines: boolean;
  preModeration: string;
  holdOnShift: string;
  holdOutside: string;
  firstPostsCount: number;
  /** Hours without an answer after which a thread is offered to peer supporters. */
  supportersAfterHours: number;
  /** Hours without an answer after which a thread becomes a moderators' case. */
  moderatorsAfterHours: number;
}

/** Writes all columns but `search_engines_since`, which has a rule of its own. */
export async function writeDescription(
  tx: Tx,
  id: string,
  description: CommunityDescription,
): Promise<void> {
  await executeIn(
    tx,
    `
      update communities
      set name = :name,
        summary = :summary,
        purpose = :purpose,
        purpose_html = :purposeHtml,
        join_question = nullif(:joinQuestion, ''),
        language = :language,
        topics = :topics,
        difficulties = :difficulties,
        situations = :situations,
        formats = :formats,
        sensitive = :sensitive,
        aliases_allowed = :aliasesAllowed,
        visits_allowed = :visitsAllowed,
        pre_moderation = :preModeration,
        hold_on_shift = :holdOnShift,
        hold_outside = :holdOutside,
        first_posts_count = :firstPostsCount,
        supporters_after_hours = :supportersAfterHours,
        moderators_after_hours = :moderatorsAfterHours
      where id = :id
    `,
    { ...description, id, purposeHtml: bodyHtml(description.purpose) },
  );
}
