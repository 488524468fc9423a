import type { Translator } from '../i18n/translator.js';

export interface ReactionView {
  kind: string;
  label: string;
  name: string;
  given: boolean;
}

// The keys are joined once: V8 would hash a new text for each of several dozen look-ups of a page.
const KINDS = (
  [
    ['same-boat', 'sameBoat'],
    ['with-you', 'withYou'],
    ['thank-you', 'thankYou'],
    ['helped', 'helped'],
  ] as const
).map(([kind, column]) => ({
  kind,
  column,
  label: `posts.reaction.${kind}.label`,
  name: `posts.reaction.${kind}.name`,
  count: `posts.reaction.${kind}.count`,
}));

/** The one reaction that suits every post, whatever its author asked for. */
export const QUICK_REACTION = 'with-you';

type Reactions = Readonly<Record<(typeof KINDS)[number]['column'], number>>;

/** The reactions that a reader can give to a post, or has given. */
export function reactionViews(
  row: { readonly reacted: readonly string[] | null },
  who: { readonly name: string; readonly number: number },
  i18n: Translator,
): ReactionView[] {
  return KINDS.map(({ kind, label, name }) => ({
    kind,
    label: i18n.t(label),
    name: i18n.t(name, who),
    given: row.reacted?.includes(kind) ?? false,
  }));
}

/** Counts as sentences, and none at zero, so that they do not look like a score. */
export function reactionCounts(
  row: Reactions & { readonly mine: boolean },
  i18n: Translator,
): string[] {
  return KINDS.filter(({ column }) => row[column] > 0).map(({ column, count }) =>
    i18n.t(count, { count: row[column], mine: String(row.mine) }),
  );
}
