import { bodyHtml } from '../content/markdown.js';
import type { Community } from './community.entity.js';

/**
 * The settings of a community that administrators edit in one form. Guidelines, hours, welcome and
 * visibility have separate forms.
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
  mentionsAllowed: boolean;
  pollsAllowed: boolean;
  visitsAllowed: boolean;
  /** Search engines may index the community, and threads opened from then on. */
  searchEngines: boolean;
  preModeration: Community['preModeration'];
  holdOnShift: Community['holdOnShift'];
  holdOutside: Community['holdOutside'];
  firstPostsCount: number;
  /** Hours without a reply after which a thread is offered to peer supporters. */
  supportersAfterHours: number;
  /** Hours without a reply after which a thread becomes a moderators' case. */
  moderatorsAfterHours: number;
}

/** The columns of a description: all except `search_engines_since`, which has a rule of its own. */
export function descriptionColumns(description: CommunityDescription): DescriptionColumns {
  const { searchEngines: _, joinQuestion, ...columns } = description;
  return {
    ...columns,
    joinQuestion: joinQuestion === '' ? null : joinQuestion,
    purposeHtml: bodyHtml(description.purpose),
  };
}

type DescriptionColumns = Omit<CommunityDescription, 'searchEngines' | 'joinQuestion'> &
  Pick<Community, 'joinQuestion' | 'purposeHtml'>;
