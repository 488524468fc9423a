import type { FormView } from '../http/form-page.js';
import { selectOptions, type SelectOption } from '../http/options.js';
import type { Translator } from '../i18n/translator.js';
import type { AdminMemberRow } from './administration.queries.js';
import { SITE_ROLES } from './site.dto.js';
import { MEMBERS_PER_PAGE } from './site.service.js';

export interface MembersAdminView {
  /** The handle prefix by which the list is filtered. */
  q: string;
  form: FormView;
  members: { handle: string; role: string; joined: string; groups: number; state: string }[];
  roles: SelectOption[];
  /** The URL of the next page, or null. */
  older: string | null;
}

/** @param rows up to one more than fits on a page; the extra row only signals a further page */
export function membersAdminView(
  rows: readonly AdminMemberRow[],
  prefix: string,
  form: FormView,
  i18n: Translator,
): MembersAdminView {
  const role = (value: string): string => i18n.t(`administration.members.role.${value}`);
  const shown = rows.slice(0, MEMBERS_PER_PAGE);
  return {
    q: prefix,
    form,
    members: shown.map((row) => ({
      handle: row.handle,
      role: role(row.role),
      joined: i18n.date(row.joinedAt),
      groups: row.groups,
      state: i18n.list(
        statesOf(row).map((state) => i18n.t(`administration.members.state.${state}`)),
      ),
    })),
    roles: selectOptions(SITE_ROLES, form.values.role, role),
    older: rows.length > MEMBERS_PER_PAGE ? olderThan(shown.at(-1)?.id ?? '', prefix) : null,
  };
}

function olderThan(id: string, prefix: string): string {
  const query = new URLSearchParams({ ...(prefix === '' ? {} : { q: prefix }), before: id });
  return `/admin/members?${query.toString()}`;
}

function statesOf({ verified, stopped, limited, closing }: AdminMemberRow): string[] {
  return [
    ...(verified ? [] : ['unverified']),
    ...(stopped ? ['stopped'] : []),
    ...(limited ? ['limited'] : []),
    ...(closing ? ['closing'] : []),
  ];
}
