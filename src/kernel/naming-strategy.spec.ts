import { describe, expect, it } from '@jest/globals';
import { PostgresNaming } from './naming-strategy.js';

describe('names in the database', () => {
  const naming = new PostgresNaming();

  it.each([
    ['id', undefined, [], 'id'],
    ['lastPostAt', undefined, [], 'last_post_at'],
    ['lastPostAt', 'seen', [], 'seen'],
    ['weekDay', undefined, ['hours'], 'hours_week_day'],
  ])('put the column of %s (%s) in snake_case', (property, custom, prefixes, name) =>
    expect(naming.columnName(property, custom, prefixes)).toBe(name),
  );

  it('are those that PostgreSQL gives to constraints, in the order of the columns', () => {
    expect(naming.primaryKeyName('public.posts')).toBe('posts_pkey');
    expect(naming.uniqueConstraintName('posts', ['thread_id', 'number'])).toBe(
      'posts_thread_id_number_key',
    );
    expect(naming.foreignKeyName('posts', ['author_id'])).toBe('posts_author_id_fkey');
  });
});
