import type { Values } from '../../http/form.js';
import { hiddenFields, listOf, type HiddenField } from '../../http/form-values.js';
import type { MaybeViewer } from '../../http/viewer.js';
import type { Translator } from '../../i18n/translator.js';
import { postPath } from '../../posts/post-address.js';
import type { StrategyCardRow } from '../core/strategies.queries.js';
import { strategyCard, type StrategyCard } from '../core/strategies.view.js';
import type { PostStrategies } from './post-strategies.service.js';
import { canMake, canRequest, canTag } from './tagging.policy.js';

interface PostStrategiesView {
  id: string;
  action: string;
  back: string;
  q: string;
  mine: boolean;
  accepted: (StrategyCard & { remove: string | null })[];
  proposed: (StrategyCard & { accept: string | null; decline: string | null })[];
  suggested: (StrategyCard & { add: string })[];
  mayTag: boolean;
  addLabel: string;
  /** The URL for requesting a strategy from the writer. */
  request: string | null;
  /** A note that somebody has already requested one. */
  requested: string | null;
  make: { href: string; decline: string | null } | null;
}

export function postStrategiesView(
  { post, texts, tagged, found }: PostStrategies,
  search: string,
  viewer: MaybeViewer,
  i18n: Translator,
): PostStrategiesView {
  const { id, mine } = post;
  const action = `/posts/${id}/strategies`;
  const answerPath = (slug: string, answer: 'accept' | 'decline'): string | null =>
    mine ? `${action}/${slug}/${answer}` : null;
  const isRequested = texts.request === 'asked';
  return {
    id,
    action,
    back: postPath(post.threadId, post.number),
    q: search,
    mine,
    accepted: tagged
      .filter(({ state }) => state === 'accepted')
      .map((row) => ({ ...strategyCard(row, i18n), remove: answerPath(row.slug, 'decline') })),
    proposed: tagged
      .filter(({ state }) => state === 'proposed')
      .map((row) => ({
        ...strategyCard(row, i18n),
        accept: answerPath(row.slug, 'accept'),
        decline: answerPath(row.slug, 'decline'),
      })),
    suggested: found
      .filter((row) => !tagged.some((known) => known.id === row.id))
      .map((row) => ({
        ...strategyCard(row, i18n),
        add: i18n.t(mine ? 'strategies.post.add-name' : 'strategies.post.propose-name', {
          name: row.name,
        }),
      })),
    mayTag: viewer !== null && canTag(viewer, post),
    addLabel: i18n.t(mine ? 'strategies.post.add' : 'strategies.post.propose'),
    request:
      viewer !== null && canRequest(viewer, post) && texts.request === null
        ? `/posts/${id}/strategy-wish`
        : null,
    requested: isRequested
      ? i18n.t(mine ? 'strategies.post.wished-mine' : 'strategies.post.wished')
      : null,
    make:
      viewer !== null && canMake(viewer, post) && texts.request !== 'taken'
        ? {
            href: `/posts/${id}/make-strategy`,
            decline: isRequested ? `/posts/${id}/strategy-wish/decline` : null,
          }
        : null,
  };
}

/** Fields that the page has itself, or that belong to the previous page. */
const OWN_FIELDS = ['body', 'strategies', '_csrf'];

interface DraftSuggestionsView {
  /** The URL to which the draft is sent. */
  action: string;
  reply: boolean;
  body: string | string[];
  hidden: HiddenField[];
  strategies: (StrategyCard & { checked: boolean })[];
  back: string;
}

/** @param place where the draft is being written @param values fields of the draft's form */
export function draftSuggestionsView(
  rows: readonly StrategyCardRow[],
  place: string,
  values: Values,
  i18n: Translator,
): DraftSuggestionsView {
  const chosen = listOf(values.strategies);
  const isReply = place.endsWith('/replies');
  return {
    action: place,
    reply: isReply,
    body: values.body ?? '',
    hidden: hiddenFields(values, OWN_FIELDS),
    strategies: rows.map((row) => ({
      ...strategyCard(row, i18n),
      checked: chosen.includes(row.slug),
    })),
    back: isReply ? place.replace(/\/replies$/, '') : place.replace(/\/threads$/, '/new'),
  };
}
