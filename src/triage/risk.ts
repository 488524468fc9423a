/** The order in which moderators read; a queue priority of a post, never a rating of a person. */
export const TIERS = ['none', 'watch', 'urgent', 'crisis'] as const;
export type Tier = (typeof TIERS)[number];

/** `unknown`: screening was off, failed, ran out of time, or does not know the language. */
export type CaseTier = Tier | 'unknown';

/** Whether a person should read it before anything else; `unknown` is not known to be. */
export function isDangerous(tier: CaseTier): tier is 'urgent' | 'crisis' {
  return tier === 'urgent' || tier === 'crisis';
}

/** Why a rule spoke: shown to the moderator beside the words it stands on. */
export interface Signal {
  /** Key of a rule in the rules' data. */
  readonly rule: string;
  /** Start and end in the text as it was written, in UTF-16 units. */
  readonly span: readonly [from: number, to: number];
  /** One short reason in plain words. */
  readonly why: string;
  /** What the writer is told of it, where that is not for moderators alone. */
  readonly toWriter?: string;
}

export interface Assessment {
  /** `unknown` where the language is not one that the rules know: "not screened". */
  readonly tier: CaseTier;
  /**
   * The tier for which a rule names what was heard: it alone may hold or fold a post or show its
   * author an emergency card. Never above `tier`; `unknown` where that is.
   */
  readonly named: CaseTier;
  readonly signals: readonly Signal[];
  readonly rulesVersion: string;
}

/** What is known beside the words. */
export interface RiskContext {
  /** The thread's title, scored with the opening text. */
  readonly title?: string;
  /**
   * `reply`: encouragement, dares and pacts count; `staff`: moderators and professionals write
   * about risk all day.
   */
  readonly writtenAs?: 'opening' | 'reply' | 'staff';
  /** Texts of the posts that are answered: what equals them is not the writer's own. */
  readonly answers?: readonly string[];
  /** The community's language; the text's own language wins where it can be told. */
  readonly language?: string;
}
