/** The order in which moderators read: a queue priority of a post, never a rating of a person. */
export const TIERS = ['none', 'watch', 'urgent', 'crisis'] as const;
export type Tier = (typeof TIERS)[number];

/**
 * A text with more sentences than this is long. Every sentence adds a chance that ordinary words
 * sound grave, and long texts mostly tell about the past.
 */
export const LONG = 6;

/** The kind of text: an answer is a reply for which the answered posts are available. */
export type TextKind = 'opening' | 'reply' | 'answer';

/** `unknown`: screening was off, failed or timed out, or does not support the language. */
export type CaseTier = Tier | 'unknown';

/** Whether a moderator should read it first. `unknown` does not count as dangerous. */
export function isDangerous(tier: CaseTier): tier is 'urgent' | 'crisis' {
  return tier === 'urgent' || tier === 'crisis';
}

/** A rule match and its tier. */
export interface ScoredMatch {
  readonly tier: Tier;
  readonly rule: string;
  readonly kind?: string;
  /** Word range of the match: first, and one past the last. */
  readonly from: number;
  readonly to: number;
}

/** A rule match, whose reason moderators see beside the matched words. */
export interface Signal {
  /**
   * The key of the rule. The reason in words is the message `screening.reason.<rule>`; for a phrase
   * in another language, `language.<code>.<role>`, it is one message for all phrases.
   */
  readonly rule: string;
  /** Start and end in the original text, in UTF-16 units. */
  readonly span: readonly [from: number, to: number];
  /** The reason in the words of whoever added the word rule; undefined for every other rule. */
  readonly why?: string;
  /** The explanation for the author; undefined if the reason is for moderators only. */
  readonly toWriter?: string;
  /** The explained rule is one of the whole site, not of the community. */
  readonly everywhere?: true;
}

export interface Assessment {
  /** `unknown` if the language is not supported: "not screened". */
  readonly tier: CaseTier;
  /**
   * The tier of matches that name the danger. Only this tier may hold or fold a post or show its
   * author an emergency card. Never above `tier`; `unknown` if that is.
   */
  readonly named: CaseTier;
  readonly signals: readonly Signal[];
  readonly rulesVersion: string;
}

/** Context beside the text. */
export interface RiskContext {
  /** The title of the thread, scored together with the opening post. */
  readonly title?: string;
  /**
   * `reply`: encouragement, dares and pacts count. `staff`: moderators and professionals write
   * about risk as part of their work.
   */
  readonly writtenAs?: 'opening' | 'reply' | 'staff';
  /** Texts of the answered posts; passages copied from them are not the writer's own. */
  readonly answers?: readonly string[];
  /** The community's language, used if the language of the text cannot be detected. */
  readonly language?: string;
}
