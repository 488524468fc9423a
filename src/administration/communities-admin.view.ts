import type { AccessibleCommunity } from '../communities/community-access.js';
import type { FormView } from '../http/form-page.js';
import type { Translator } from '../i18n/translator.js';
import type { AdminCommunityRow } from './administration.queries.js';
import { communityForm, type CommunityFormView } from './community-form.view.js';

export interface AdminCommunitiesView {
  communities: {
    slug: string;
    name: string;
    open: string;
    members: number;
    threads: number;
    moderators: string;
  }[];
}

export function adminCommunitiesView(
  rows: readonly AdminCommunityRow[],
  i18n: Translator,
): AdminCommunitiesView {
  return {
    communities: rows.map(({ slug, name, members, threads, ...row }) => ({
      slug,
      name,
      members,
      threads,
      open: row.archived
        ? i18n.t('administration.communities.archived')
        : i18n.t(`communities.visibility.${row.visibility}.short`),
      moderators:
        row.moderators === null
          ? i18n.t('administration.communities.nobody')
          : i18n.list(row.moderators),
    })),
  };
}

export interface NewCommunityView extends CommunityFormView {
  fresh: true;
  /** The URL to which the form posts. */
  action: string;
}

export function newCommunityView(form: FormView, i18n: Translator): NewCommunityView {
  return { fresh: true, action: '/admin/communities/new', ...communityForm(form, i18n) };
}

export interface EditCommunityView extends CommunityFormView {
  fresh: false;
  slug: string;
  name: string;
  archived: boolean;
  /** The URL to which the form posts. */
  action: string;
}

export function editCommunityView(
  { slug, name, archived }: AccessibleCommunity,
  form: FormView,
  i18n: Translator,
): EditCommunityView {
  return {
    fresh: false,
    slug,
    name,
    archived,
    action: `/admin/communities/${slug}`,
    ...communityForm(form, i18n),
  };
}
