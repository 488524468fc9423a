/** Scopes of an access token. A token never has more rights than its member. */
export const SCOPES = [
  'communities:read',
  'communities:write',
  'threads:read',
  'threads:write',
  'reports:write',
  'strategies:read',
  'toolkit:read',
  'toolkit:write',
  'notifications:read',
  'notifications:write',
] as const;
export type Scope = (typeof SCOPES)[number];

/** Lifetimes of a token in days; '' for one that is valid until it is revoked. */
export const TOKEN_DAYS = ['30', '90', '365', ''] as const;
