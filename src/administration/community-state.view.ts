import {
  COMMUNITY_ROLES,
  VISIBILITIES,
  type AccessibleCommunity,
  type Visibility,
} from '../communities/community-access.js';
import type { FormView } from '../http/form-page.js';
import { selectOptions, type SelectOption } from '../http/options.js';
import type { Translator } from '../i18n/translator.js';
import type { VisibilityImpact, RoleRow } from './administration.queries.js';

export interface VisibilityView {
  slug: string;
  name: string;
  now: string;
  others: { href: string; label: string; current: boolean }[];
  /** The visibility being considered; null before one is selected. */
  to: Visibility | null;
  effects: string[];
  form: FormView;
}

/** @param reach null while no other visibility is selected */
export function visibilityView(
  community: AccessibleCommunity,
  to: Visibility | null,
  reach: VisibilityImpact | null,
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

/** Parses a visibility from the query; null if it is unknown or the current one. */
export function otherVisibility(community: AccessibleCommunity, wanted: string): Visibility | null {
  return VISIBILITIES.find((known) => known === wanted && known !== community.visibility) ?? null;
}

/** Message keys that describe the effects of a change. */
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
  people: RoleRow[];
  role: FormView;
  roles: SelectOption[];
  handOver: FormView;
}

export function peopleView(
  community: AccessibleCommunity,
  people: readonly RoleRow[],
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
    roles: selectOptions(COMMUNITY_ROLES, role.values.role, (value) =>
      i18n.t(`administration.role.${value}`),
    ),
    handOver,
  };
}

export interface ArchiveView {
  slug: string;
  name: string;
  archived: boolean;
  form: FormView;
}

export function archiveView(
  { slug, name, archived }: AccessibleCommunity,
  form: FormView,
): ArchiveView {
  return { slug, name, archived, form };
}
