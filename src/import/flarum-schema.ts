import type { MysqlSchema } from './load-mysql.js';

/** The tables and columns read from Flarum 1 and 2 and its bundled extensions. */
export const FLARUM_SCHEMA: MysqlSchema = {
  product: 'Flarum',
  tables: {
    users: [
      ...['id bigint', 'username', 'email', 'is_email_confirmed int', 'joined_at timestamp'],
      'suspended_until timestamp',
    ],
    discussions: [
      ...['id bigint', 'title', 'created_at timestamp', 'hidden_at timestamp', 'is_private int'],
      ...['is_approved int', 'is_locked int'],
    ],
    posts: [
      ...['id bigint', 'discussion_id bigint', 'number int', 'created_at timestamp'],
      ...['user_id bigint', 'type', 'content', 'edited_at timestamp', 'hidden_at timestamp'],
      ...['is_private int', 'is_approved int'],
    ],
    tags: [
      ...['id bigint', 'name', 'description', 'position int', 'parent_id bigint'],
      'is_restricted int',
    ],
    discussion_tag: ['discussion_id bigint', 'tag_id bigint'],
    group_permission: ['group_id bigint', 'permission'],
    dialog_messages: ['id bigint'],
  },
  needed: {
    discussions: 'is_private',
    posts: 'discussion_id',
    users: 'is_email_confirmed',
    group_permission: 'permission',
  },
};
