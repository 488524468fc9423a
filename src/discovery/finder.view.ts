import {
  difficultyOptions,
  languageOptions,
  openOptions,
  situationOptions,
} from '../communities/tag-choices.js';
import { fitFacts, fitOf, type FitFact } from '../communities/fit-facts.js';
import type { Translator } from '../i18n/translator.js';
import { helpFirstView } from '../http/help-first.js';
import { tickOptions, type SelectOption, type TickOption } from '../http/options.js';
import { displayNames } from '../kernel/intl.js';
import { isEmptyQuery, type FinderQuery, type FinderResult } from './finder.service.js';
import { REPLY_NEEDS, type Match, type Reason } from './ranking.js';

interface MatchView {
  slug: string;
  name: string;
  summary: string;
  reasons: string[];
  facts: FitFact[];
  access: string;
  /** The language that people write in; null if it is that of the page. */
  language: string | null;
  memberWords: string;
  activityWords: string;
}

interface FinderView {
  /** The form was submitted with at least one answer. */
  asked: boolean;
  help: ReturnType<typeof helpFirstView>;
  guest: boolean;
  /**
   * Says that no community matched; null if one did, or if people wrote about something similar.
   * Words that call for help get the help instead.
   */
  none: { title: string; text: string } | null;
  matches: MatchView[];
  written: MatchView[];
  nearest: MatchView[];
  open: MatchView[];
  strategies: { href: string; name: string; summary: string; minutes: string }[];
  elsewhere: ResourceCard[];
  q: string;
  difficulties: SelectOption[];
  situations: SelectOption[];
  needs: TickOption[];
  /** Null if there is only one language. */
  languages: SelectOption[] | null;
  opens: SelectOption[];
}

export function finderView(
  query: FinderQuery,
  { help, matches, understood, written, nearest, open, strategies, elsewhere }: FinderResult,
  { languages, isGuest }: { languages: readonly string[]; isGuest: boolean },
  i18n: Translator,
): FinderView {
  return {
    asked: !isEmptyQuery(query),
    help: helpFirstView(help, i18n),
    guest: isGuest,
    none:
      matches.length + written.length === 0 && help === null
        ? noneView(query, { nearest, understood }, i18n)
        : null,
    matches: matches.map((match) => matchView(match, i18n)),
    written: written.map((match) => matchView(match, i18n)),
    nearest: nearest.map((match) => matchView(match, i18n)),
    open: open.map((match) => matchView(match, i18n)),
    strategies: strategies.map(({ slug, name, summary, minutes }) => ({
      href: `/strategies/${slug}`,
      name,
      summary,
      minutes: i18n.t('strategies.minutes', { count: minutes }),
    })),
    elsewhere: elsewhere.map(resourceCard),
    q: query.text,
    difficulties: difficultyOptions(i18n, query.difficulty, 'finding.say-nothing'),
    situations: situationOptions(i18n, query.situation, 'finding.say-nothing'),
    needs: tickOptions(['', ...REPLY_NEEDS], query.need ?? '', (need) =>
      i18n.t(`finding.need.${need === '' ? 'any' : need}`),
    ),
    languages: languages.length > 1 ? languageOptions(i18n, languages, query.language) : null,
    opens: openOptions(i18n, query.visibility),
  };
}

function noneView(
  { text }: FinderQuery,
  { nearest, understood }: Pick<FinderResult, 'nearest' | 'understood'>,
  i18n: Translator,
): NonNullable<FinderView['none']> {
  const isUnclear = text !== '' && nearest.length === 0 && !understood;
  return {
    title: i18n.t(isUnclear ? 'finding.none.unclear' : 'finding.none.title'),
    text: i18n.t(isUnclear ? 'finding.none.unclear-text' : 'finding.none.text'),
  };
}

function languageName(i18n: Translator, code: string): string {
  return displayNames(i18n.locale, 'language').of(code) ?? code;
}

function matchView({ community, reasons }: Match, i18n: Translator): MatchView {
  return {
    slug: community.slug,
    name: community.name,
    summary: community.summary,
    reasons: reasons.map((reason) => reasonText(reason, i18n)),
    facts: fitFacts(fitOf(community), community.hours, i18n),
    access: i18n.t(`communities.open.${community.visibility}`),
    language:
      community.language === i18n.locale
        ? null
        : i18n.t('finding.written-in', { language: languageName(i18n, community.language) }),
    memberWords: i18n.t('communities.members', { count: community.memberCount }),
    activityWords:
      community.lastPostAt === null
        ? i18n.t('communities.activity.none')
        : i18n.t('communities.activity.last', { when: i18n.when(community.lastPostAt) }),
  };
}

interface ResourceCard {
  name: string;
  summary: string;
  url: string;
  host: string;
}

function resourceCard(row: Pick<ResourceCard, 'name' | 'summary' | 'url'>): ResourceCard {
  const { name, summary, url } = row;
  return { name, summary, url, host: new URL(url).hostname.replace(/^www\./, '') };
}

function reasonText({ kind, what }: Reason, i18n: Translator): string {
  if (kind === 'difficulty' || kind === 'situation')
    return i18n.t(`finding.reason.${kind}`, { what: i18n.t(`communities.${kind}.${what}`) });
  if (kind === 'need') return i18n.t(`finding.reason.need.${what}`);
  return i18n.t(`finding.reason.${kind}`, { what });
}
