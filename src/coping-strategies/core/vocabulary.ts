/**
 * Tags for filtering strategies. No tag may be in two lists: they share one column, so that any
 * combination is a single index lookup. Their labels are in `views/messages`.
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
 * Challenges of one particular walk of life. A strategy only for them ("Put the baby down") is
 * shown only to readers who ask for the challenge or for the corresponding need.
 */
const LIVES: Partial<Record<(typeof CHALLENGES)[number], string>> = {
  'new-parents': '',
  bereavement: 'missing-someone',
  addiction: 'cravings',
  eating: '',
  psychosis: '',
};

/**
 * @param tags chosen ones @returns the walk-of-life challenges that were not chosen, and all others
 */
export function partitionLifeTags(tags: readonly string[]): { lives: string[]; others: string[] } {
  const lives = Object.entries(LIVES)
    .filter(([challenge, need]) => !tags.includes(challenge) && !tags.includes(need))
    .map(([challenge]) => challenge);
  return { lives, others: CHALLENGES.filter((challenge) => !lives.includes(challenge)) };
}

/** How much energy a strategy takes, from least to most. */
export const ENERGIES = ['low', 'some', 'more'] as const;

export const ORIGINS = ['peer', 'charity', 'clinical'] as const;

/** Maximum lengths in minutes by which the library can be filtered. */
export const MAX_MINUTES = [2, 5, 10, 20, 45] as const;

/** The situation to which feedback refers. */
export const SITUATIONS = ['alone', 'with-people', 'out', 'working', 'night', 'waiting'] as const;

/** The tag lists, by column and form field. */
export const TAG_LISTS = {
  needs: NEEDS,
  kinds: KINDS,
  places: PLACES,
  times: TIMES,
  challenges: CHALLENGES,
} as const;
export type TagList = keyof typeof TAG_LISTS;

/** Slugs that would clash with fixed routes. */
export const RESERVED_SLUGS = ['new', 'pick', 'hidden', 'mine', 'for'];
