import {
  COMMUNITY_ROLES,
  VISIBILITIES,
  type AccessibleCommunity,
  type Visibility,
} from '../communities/community-access.js';
import type { FormView } from '../http/form-page.js';
import type { Translator } from '../i18n/translator.js';

/** How many posts and people a change of visibility concerns. */
export interface Reach {
  posts: number;
  members: number;
  visitors: number;
  asked: number;
}

export interface VisibilityView {
  slug: string;
  name: string;
  now: string;
  others: { href: string; label: string; current: boolean }[];
  /** The visibility that is being considered; null before one is chosen. */
  to: Visibility | null;
  effects: string[];
  form: FormView;
}

/** @param reach null while no other visibility is chosen */
export function visibilityView(
  community: AccessibleCommunity,
  to: Visibility | null,
  reach: Reach | null,
  form: FormView,
  i18n: Translator,
): VisibilityView {
  return {
    slug: community.slug,
    name: community.name,
    now: i18n.t(`communities.visibility.${community.visibility}.long`),
    others: VISIBILITIES.filter((known) => known !== community.visibility).map((known) => ({
      href: `/admin/communities/${community.slug}/visibility?to=${known}`,
      label: i18n.t(`communities.visibility.${known}.long`),
      current: known === to,
    })),
    to,
    effects:
      to === null || reach === null
        ? []
        : effectsOf(community.visibility, to).map((effect) =>
            i18n.t(`administration.effect.${effect}`, { ...reach }),
          ),
    form,
  };
}

/** The visibility that a query asks about, when it is known and would be a change. */
export function otherVisibility(community: AccessibleCommunity, wanted: string): Visibility | null {
  return VISIBILITIES.find((known) => known === wanted && known !== community.visibility) ?? null;
}

/** Keys of the messages that say what a change means. */
export function effectsOf(from: Visibility, to: Visibility): string[] {
  return [
    ...(to === 'public' ? ['opened', 'old-posts'] : []),
    ...(from === 'public' && to !== 'public' ? ['closed', 'copies'] : []),
    ...(to === 'members' ? ['join-freely'] : []),
    ...(to === 'approval' ? ['join-by-asking', 'visits-end'] : []),
    ...(to === 'unlisted' ? ['off-lists', 'visits-end'] : []),
    ...(from === 'approval' && to !== 'approval' ? ['asked-stay'] : []),
  ];
}

export interface PeopleView {
  slug: string;
  name: string;
  people: { handle: string; role: string }[];
  role: FormView;
  roles: { value: string; label: string; selected: boolean }[];
  handOver: FormView;
}

export function peopleView(
  community: AccessibleCommunity,
  people: readonly { handle: string; role: string }[],
  { role, handOver }: { role: FormView; handOver: FormView },
  i18n: Translator,
): PeopleView {
  return {
    slug: community.slug,
    name: community.name,
    people: people.map((row) => ({
      handle: row.handle,
      role: i18n.t(`administration.role.${row.role}`),
    })),
    role,
    roles: COMMUNITY_ROLES.map((value) => ({
      value,
      label: i18n.t(`administration.role.${value}`),
      selected: role.values.role === value,
    })),
    handOver,
  };
}
