import { driverErrorOf, isDatabaseUnreachable } from './database-errors.js';

/** Node's codes for a server certificate that it does not accept. */
const CERTIFICATE =
  /^(CERT_|ERR_TLS_CERT|DEPTH_ZERO_SELF_SIGNED|SELF_SIGNED|UNABLE_TO_(GET|VERIFY))/;

/**
 * Explains an error of a connection to PostgreSQL that only the operator can correct; waiting does
 * not help.
 * @param setting the setting with the address
 * @returns one line that names the fault and the remedy; null for any other error
 */
export function databaseFault(error: unknown, setting = 'DATABASE_URL'): string | null {
  const { code = '', message = '', hostname } = driverErrorOf(error);
  if (code === 'ENOTFOUND')
    return `The host${hostname === undefined ? '' : ` ${hostname}`} in ${setting} is not known: correct its name.`;
  // A missing password is an error of the driver, without a code.
  if (/^28/.test(code) || /client password must be a string/.test(message))
    return (
      `The database refuses the user or the password in ${setting}: correct them, ` +
      'or let the user in (create role, pg_hba.conf).'
    );
  if (code === '3D000')
    return `The database in ${setting} does not exist: correct its name, or create it (createdb).`;
  if (code === '42501')
    return (
      `The user in ${setting} lacks a right (${message}): make them the owner of the database ` +
      '(alter database … owner to …).'
    );
  if (CERTIFICATE.test(code))
    return (
      `The certificate of the database server is not accepted (${code}): ` +
      `name its authority in ${setting} (sslrootcert=FILE), or correct the host name.`
    );
  if (/does not support SSL connections/.test(message))
    return `The database server offers no TLS: turn it on there, or take sslmode out of ${setting}.`;
  return null;
}

/** Calls that fail for a connection. ENOENT and EPIPE are also errors of files and of the output. */
const OF_CONNECTIONS = ['connect', 'getaddrinfo', 'read'];

/** @returns one line for an unreachable database; null for any other error */
export function unreachableDatabase(error: unknown, setting = 'DATABASE_URL'): string | null {
  const { code, syscall } = driverErrorOf(error);
  if (!isDatabaseUnreachable(error)) return null;
  if (syscall !== undefined && !OF_CONNECTIONS.includes(syscall)) return null;
  return (
    `The database does not respond${code === undefined ? '' : ` (${code})`}: ` +
    `check that PostgreSQL is running, and that ${setting} names its host and port.`
  );
}
