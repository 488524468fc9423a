/**
 * A name as part of an address: small Latin letters and digits, joined by dashes.
 * @param prefix put before a slug of fewer than two characters, or a reserved one
 */
export function slugOf(
  name: string,
  options: { prefix: string; longest: number; reserved?: readonly string[] },
): string {
  const slug = name
    .normalize('NFKD')
    .replace(/[\p{M}’']/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, options.longest)
    .replace(/-+$/, '');
  return slug.length < 2 || options.reserved?.includes(slug) === true
    ? `${options.prefix}-${slug}`.replace(/-$/, '')
    : slug;
}

/**
 * The slug itself, or with the first suffix that makes it free.
 * @param suffix of an attempt, counted from 2: numbers, so `slug-2`, unless given
 */
export function freeSlug(
  slug: string,
  taken: Iterable<string>,
  suffix: (attempt: number) => string = String,
): string {
  const known = new Set(taken);
  let free = slug;
  for (let attempt = 2; known.has(free); attempt += 1) free = `${slug}-${suffix(attempt)}`;
  return free;
}
