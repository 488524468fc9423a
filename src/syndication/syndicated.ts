/**
 * SQL condition: thread `t` with opening post `p` may be syndicated. It is published, readable for
 * guests, and neither urgent nor folded.
 */
export const SYNDICATED = `
  t.status = 'published'
    and p.status = 'published'
    and not p.members_only
    and not p.folded
    and p.tier not in ('urgent', 'crisis')
`;
