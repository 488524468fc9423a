interface RequiredSettings {
  readonly production: boolean;
  readonly SECRET_KEY?: string;
  readonly BASE_URL?: string;
  readonly DATABASE_POOLING: string;
  readonly DATABASE_DIRECT_URL?: string;
  readonly OIDC_ISSUER?: string;
  readonly OIDC_CLIENT_ID?: string;
  readonly OIDC_CLIENT_SECRET?: string;
}

/** Reports missing settings: required in production, or required by another setting. */
export function requiredFaults(config: RequiredSettings): string[] {
  const faults: string[] = [];
  if (config.production && config.SECRET_KEY === undefined)
    faults.push('SECRET_KEY must be set in production (32 characters or more)');
  if (config.production && config.BASE_URL === undefined)
    faults.push('BASE_URL must be set in production (the public address)');
  if (config.DATABASE_POOLING === 'transaction' && config.DATABASE_DIRECT_URL === undefined)
    faults.push('DATABASE_DIRECT_URL must be set where DATABASE_POOLING is transaction');
  const provider = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'] as const;
  const missing = provider.filter((name) => config[name] === undefined);
  if (config.OIDC_ISSUER !== undefined && missing.length > 0)
    faults.push(`${missing.join(' and ')} must be set where OIDC_ISSUER is`);
  if (config.production && config.OIDC_ISSUER?.startsWith('http:') === true)
    faults.push('OIDC_ISSUER must begin with https in production');
  return faults;
}
