import type { Staging } from './staging.js';

/** phpBB's account for visitors who are not logged in. */
const ANONYMOUS = 1;

/**
 * The forums that everybody may read without an account; never one with a password. Permissions
 * come from groups, their roles and the anonymous user's own; "never" overrides all.
 * @returns their ids
 */
export async function publicForums(staging: Staging): Promise<Set<string>> {
  const rows = staging.read<{ id: string }>(
    `
      with granted as (
        select g.forum_id, g.auth_option_id, g.auth_role_id, g.auth_setting
        from source_acl_groups g
        join source_user_group m using (group_id)
        where m.user_id = $1 and coalesce(m.user_pending, 0) = 0
        union all
        select u.forum_id, u.auth_option_id, u.auth_role_id, u.auth_setting
        from source_acl_users u
        where u.user_id = $1
      ),
      settings as (
        select g.forum_id, case g.auth_role_id when 0 then g.auth_setting else r.auth_setting end as setting
        from granted g
        cross join (select auth_option_id from source_acl_options where auth_option = 'f_read') o
        left join source_acl_roles_data r
          on r.role_id = g.auth_role_id and r.auth_option_id = o.auth_option_id
        where g.auth_role_id <> 0 or g.auth_option_id = o.auth_option_id
      )
      select f.forum_id::text as id
      from source_forums f
      where coalesce(f.forum_password, '') = ''
        and exists (select 1 from settings s where s.forum_id = f.forum_id and s.setting = 1)
        and not exists (select 1 from settings s where s.forum_id = f.forum_id and s.setting = 0)`,
    [ANONYMOUS],
  );
  const open = new Set<string>();
  for await (const { id } of rows) open.add(id);
  return open;
}
