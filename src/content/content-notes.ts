/**
 * Topics that authors can name so that readers can choose: the topic only, never a method (texts in
 * `views/messages`).
 */
export const CONTENT_NOTES = [
  'suicide',
  'self-harm',
  'eating-and-body',
  'abuse-at-home',
  'sexual-violence',
  'child-abuse',
  'death-and-grief',
  'pregnancy-and-baby-loss',
  'medication',
  'substance-use',
  'psychosis',
  'medical-detail',
  'discrimination',
  'other',
] as const;

/** How a post with content notes ends; '' if its author did not say. */
export const ENDINGS = ['', 'hopeful', 'open'] as const;
export type Ending = (typeof ENDINGS)[number];
