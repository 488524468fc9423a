import type { LoggerService } from '@nestjs/common';
import { pino, type Logger as Pino } from 'pino';
import { sourceFrames } from './source-frames.js';

export interface LogFields {
  [name: string]: string | number | boolean | null | undefined;
}

/**
 * Structured logging: JSON in production, human-readable in development. Callers pass ids, counts
 * and states; never texts, addresses, titles or tokens. Errors are reduced to name, code and stack,
 * because a database driver's message may quote a row.
 */
export class Logger implements LoggerService {
  private readonly out: Pino;

  /** @param json logs JSON lines if true, human-readable lines otherwise */
  constructor(level: string, json: boolean) {
    this.out = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime });
    this.readable = !json;
  }

  private readonly readable: boolean;

  /** Called by Nest for its own messages. */
  log(message: string, ...rest: unknown[]): void {
    this.write('debug', message, fieldsOf(rest));
  }

  info(message: string, fields: LogFields = {}): void {
    this.write('info', message, fields);
  }

  warn(message: string, ...rest: unknown[]): void {
    this.write('warn', message, fieldsOf(rest));
  }

  error(message: string, ...rest: unknown[]): void {
    this.write('error', message, fieldsOf(rest));
  }

  debug(message: string, ...rest: unknown[]): void {
    this.write('debug', message, fieldsOf(rest));
  }

  private write(
    level: 'info' | 'warn' | 'error' | 'debug',
    message: string,
    fields: LogFields,
  ): void {
    if (!this.readable) {
      this.out[level](fields, message);
      return;
    }
    if (!this.out.isLevelEnabled(level)) return;
    const tail = Object.entries(fields)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => `${name}=${String(value)}`)
      .join(' ');
    process.stdout.write(
      `${level === 'info' ? '' : `${level}: `}${message}${tail ? `  ${tail}` : ''}\n`,
    );
  }
}

/** The name, code and stack frames of an error, without its message. */
export function describeError(error: unknown): LogFields {
  if (!(error instanceof Error)) return { error: typeof error };
  const code = (error as { code?: unknown }).code;
  // The message is removed first: a line of a multi-line message may look like a frame.
  const frames = (error.stack ?? '')
    .split(error.message === '' ? '\n' : error.message)
    .join('\n')
    .split('\n')
    .filter((line) => line.trim().startsWith('at '))
    .slice(0, 8)
    .map((line) => line.trim())
    .join(' | ');
  return {
    error: error.name,
    code: typeof code === 'string' ? code : undefined,
    frames: sourceFrames(frames),
  };
}

function fieldsOf(rest: unknown[]): LogFields {
  const first = rest[0];
  if (first instanceof Error) return describeError(first);
  if (typeof first === 'object' && first !== null) return first as LogFields;
  return typeof first === 'string' && rest.length > 0
    ? { context: String(rest[rest.length - 1]).slice(0, 80) }
    : {};
}
