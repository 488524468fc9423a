import type { FormView } from '../http/form-page.js';
import { selectOptions, type SelectOption } from '../http/options.js';
import type { Translator } from '../i18n/translator.js';
import type { AdminMemberRow } from './administration.queries.js';
import { SITE_ROLES } from './site.dto.js';

export interface MembersAdminView {
  /** The beginning of a handle that the list is filtered by. */
  q: string;
  form: FormView;
  members: { handle: string; role: string; joined: string; groups: number; state: string }[];
  roles: SelectOption[];
}

export function membersAdminView(
  rows: readonly AdminMemberRow[],
  prefix: string,
  form: FormView,
  i18n: Translator,
): MembersAdminView {
  const role = (value: string): string => i18n.t(`administration.members.role.${value}`);
  return {
    q: prefix,
    form,
    members: rows.map((row) => ({
      handle: row.handle,
      role: role(row.role),
      joined: i18n.date(row.joinedAt),
      groups: row.groups,
      state: i18n.list(
        statesOf(row).map((state) => i18n.t(`administration.members.state.${state}`)),
      ),
    })),
    roles: selectOptions(SITE_ROLES, form.values.role, role),
  };
}

function statesOf({ verified, limited, closing }: AdminMemberRow): string[] {
  return [
    ...(verified ? [] : ['unverified']),
    ...(limited ? ['limited'] : []),
    ...(closing ? ['closing'] : []),
  ];
}
