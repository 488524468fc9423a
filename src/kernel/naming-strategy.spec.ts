import { describe, expect, it } from '@jest/globals';
import { PostgresNaming } from './naming-strategy.js';

describe('database naming strategy', () => {
  const naming = new PostgresNaming();

  it.each([
    ['id', undefined, [], 'id'],
    ['lastPostAt', undefined, [], 'last_post_at'],
    ['lastPostAt', 'seen', [], 'seen'],
    ['weekDay', undefined, ['hours'], 'hours_week_day'],
  ])('maps the column of %s (%s) to snake_case', (property, custom, prefixes, name) =>
    expect(naming.columnName(property, custom, prefixes)).toBe(name),
  );

  it('names constraints as PostgreSQL does, in column order', () => {
    expect(naming.primaryKeyName('public.posts')).toBe('posts_pkey');
    expect(naming.uniqueConstraintName('posts', ['thread_id', 'number'])).toBe(
      'posts_thread_id_number_key',
    );
    expect(naming.foreignKeyName('posts', ['author_id'])).toBe('posts_author_id_fkey');
  });
});
