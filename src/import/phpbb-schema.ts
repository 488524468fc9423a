import type { MysqlSchema } from './load-mysql.js';

/** The tables and columns read from phpBB 3.3. */
export const PHPBB_SCHEMA: MysqlSchema = {
  product: 'phpBB 3.3',
  tables: {
    users: [
      ...['user_id bigint', 'user_type int', 'user_inactive_reason int', 'username', 'user_email'],
      ...['user_regdate bigint', 'user_sig'],
    ],
    banlist: ['ban_userid bigint', 'ban_email', 'ban_end bigint', 'ban_exclude int'],
    forums: [
      ...['forum_id bigint', 'forum_type int', 'forum_status int', 'forum_name', 'forum_desc'],
      ...['forum_desc_uid', 'forum_password', 'left_id bigint'],
    ],
    topics: [
      ...['topic_id bigint', 'forum_id bigint', 'topic_title', 'topic_time bigint'],
      ...['topic_status int', 'topic_visibility int', 'topic_moved_id bigint', 'poll_start bigint'],
    ],
    posts: [
      ...['post_id bigint', 'topic_id bigint', 'poster_id bigint', 'post_time bigint'],
      ...[
        'post_visibility int',
        'post_subject',
        'post_text',
        'bbcode_uid',
        'post_edit_time bigint',
      ],
    ],
    attachments: ['post_msg_id bigint', 'in_message int', 'is_orphan int'],
    privmsgs: ['msg_id bigint'],
    acl_options: ['auth_option_id bigint', 'auth_option'],
    acl_roles_data: ['role_id bigint', 'auth_option_id bigint', 'auth_setting int'],
    acl_groups: [
      ...['group_id bigint', 'forum_id bigint', 'auth_option_id bigint', 'auth_role_id bigint'],
      'auth_setting int',
    ],
    acl_users: [
      ...['user_id bigint', 'forum_id bigint', 'auth_option_id bigint', 'auth_role_id bigint'],
      'auth_setting int',
    ],
    user_group: ['group_id bigint', 'user_id bigint', 'user_pending int'],
  },
  needed: {
    topics: 'topic_visibility',
    posts: 'post_visibility',
    forums: 'forum_password',
    users: 'user_type',
    banlist: 'ban_userid',
    acl_groups: 'auth_setting',
    acl_options: 'auth_option',
    acl_roles_data: 'auth_setting',
    user_group: 'group_id',
  },
};
