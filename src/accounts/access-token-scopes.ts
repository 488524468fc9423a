/** What a program with an access token may do; nothing of it is more than its member may. */
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

/** Days until a token ends; '' for one that lasts until it is turned off. */
export const TOKEN_DAYS = ['30', '90', '365', ''] as const;
