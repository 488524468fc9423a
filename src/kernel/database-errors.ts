interface DriverError {
  readonly code?: string;
  /** The call of the operating system that failed. */
  readonly syscall?: string;
  readonly constraint?: string;
  readonly message?: string;
  /** The name that could not be resolved. */
  readonly hostname?: string;
  /** The failed attempts to connect. */
  readonly errors?: readonly unknown[];
}

/** The driver's own error, which TypeORM wraps. */
export function driverErrorOf(error: unknown): DriverError {
  const { driverError } = error as { driverError?: unknown };
  return driverError === undefined || driverError === error
    ? (error as DriverError)
    : driverErrorOf(driverError);
}

const AWAY = new Set([
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EPIPE',
  'ENOENT',
  'ENOTFOUND',
  'ETIMEDOUT',
  '57P01',
  '57P02',
  '57P03',
  '53300',
]);

/** Whether an error means that the database is unreachable, rather than that a statement failed. */
export function isDatabaseUnreachable(error: unknown): boolean {
  const { code, message, errors } = driverErrorOf(error);
  if (code !== undefined && (AWAY.has(code) || code.startsWith('08'))) return true;
  if (
    /Connection terminated|timeout exceeded when trying to connect|timeout expired|Client has encountered a connection error/.test(
      message ?? '',
    )
  )
    return true;
  return errors?.some(isDatabaseUnreachable) ?? false;
}

/** A full disk (data or write-ahead log), or a standby that has not been promoted yet. */
const UNWRITABLE = new Set(['53100', '25006', 'ENOSPC']);

/** Whether an error means that the database is reachable but cannot be written to. */
export function isDatabaseUnwritable(error: unknown): boolean {
  const { code, message } = driverErrorOf(error);
  if (code === undefined) return false;
  // What PostgreSQL says to a new connection on a full disk; the code is that of any internal error.
  return UNWRITABLE.has(code) || (code === 'XX000' && /^could not write /.test(message ?? ''));
}
