/**
 * The tags that strategies are filtered by. No tag is in two lists: they share one column, so that
 * any combination is one look-up in one index. Their labels are in `views/messages`.
 */
export const NEEDS = [
  'panic',
  'worry',
  'overwhelmed',
  'cannot-sleep',
  'nightmare',
  'flashback',
  'numb',
  'low',
  'lonely',
  'anger',
  'cravings',
  'shame',
  'missing-someone',
  'intrusive-thoughts',
  'cannot-start',
  'tense',
  'before-appointment',
] as const;

export const KINDS = [
  'breathing',
  'grounding',
  'movement',
  'soothing',
  'mindfulness',
  'sorting-thoughts',
  'time-management',
  'sleep-habits',
  'connection',
  'asking-for-help',
  'making-something',
] as const;

export const PLACES = ['at-home', 'in-bed', 'at-work', 'outdoors', 'on-the-move'] as const;

export const TIMES = ['morning', 'daytime', 'evening', 'at-night'] as const;

export const CHALLENGES = [
  'anxiety',
  'low-mood',
  'trauma',
  'ocd',
  'bipolar',
  'adhd',
  'bereavement',
  'new-parents',
  'sleep',
  'eating',
  'addiction',
  'psychosis',
  'stress',
] as const;

/**
 * Challenges that come from a life of one's own. A strategy for them alone ("Put the baby down") is
 * offered to nobody who did not ask for it, by the challenge or by the need that goes with it.
 */
const LIVES: Partial<Record<(typeof CHALLENGES)[number], string>> = {
  'new-parents': '',
  bereavement: 'missing-someone',
  addiction: 'cravings',
  eating: '',
  psychosis: '',
};

/** @param tags those that somebody chose @returns challenges they did not ask for, and the others */
export function livesBeside(tags: readonly string[]): { lives: string[]; others: string[] } {
  const lives = Object.entries(LIVES)
    .filter(([challenge, need]) => !tags.includes(challenge) && !tags.includes(need))
    .map(([challenge]) => challenge);
  return { lives, others: CHALLENGES.filter((challenge) => !lives.includes(challenge)) };
}

/** How much energy a strategy takes, least first. */
export const ENERGIES = ['low', 'some', 'more'] as const;

export const ORIGINS = ['peer', 'charity', 'clinical'] as const;

/** Limits in minutes that the library can be filtered by. */
export const LENGTHS = [2, 5, 10, 20, 45] as const;

/** The situation that feedback is about. */
export const SITUATIONS = ['alone', 'with-people', 'out', 'working', 'night', 'waiting'] as const;

/** The lists of tags, by column and form field. */
export const TAG_LISTS = {
  needs: NEEDS,
  kinds: KINDS,
  places: PLACES,
  times: TIMES,
  challenges: CHALLENGES,
} as const;
export type TagList = keyof typeof TAG_LISTS;

/** Slugs that fixed routes use. */
export const RESERVED_SLUGS = ['new', 'pick', 'hidden', 'mine', 'for'];
