import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { PackEntry, PackHead } from './pack.dto.js';
import { findUnsafeText } from '../core/strategy-safety.js';
import { textsOf } from '../core/strategy.dto.js';
import { RESERVED_SLUGS } from '../core/vocabulary.js';

export const FORMAT = 'sameboat-strategy-pack';
export const FORMAT_VERSION = 1;

/** In characters; a larger file is rejected. */
const MAX_PACK_SIZE = 5_000_000;

export interface Pack {
  format: typeof FORMAT;
  formatVersion: typeof FORMAT_VERSION;
  pack: PackHead;
  strategies: PackEntry[];
}

/** A fault and its path in the file, such as `strategies[3].minutes`. */
export interface PackFault {
  at: string;
  /** Message key. */
  key: string;
  params?: Record<string, string | number>;
}

type Read = { pack: Pack; faults?: undefined } | { pack?: undefined; faults: PackFault[] };

const TOP = ['format', 'formatVersion', 'pack', 'strategies'];

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Parses and validates a pack. Pure; comparing it with the library is up to the importer.
 * @returns the pack, or all of its faults
 */
export function readPack(text: string): Read {
  if (text.length > MAX_PACK_SIZE)
    return { faults: [{ at: 'file', key: 'strategies.fault.large' }] };
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    // The fault itself tells the author of the file enough.
    return { faults: [{ at: 'file', key: 'strategies.fault.json' }] };
  }
  if (!isRecord(json) || json.format !== FORMAT)
    return { faults: [{ at: 'format', key: 'strategies.fault.format' }] };
  if (json.formatVersion !== FORMAT_VERSION)
    return {
      faults: [
        {
          at: 'formatVersion',
          key: 'strategies.fault.format-version',
          params: { number: FORMAT_VERSION },
        },
      ],
    };
  if (!Array.isArray(json.strategies) || json.strategies.length === 0)
    return { faults: [{ at: 'strategies', key: 'strategies.fault.empty' }] };
  const faults = unknownFields(json, TOP);
  const head = instance(PackHead, json.pack, 'pack', faults);
  const entries = json.strategies.map((entry: unknown, at: number) =>
    instance(PackEntry, entry, `strategies[${at}]`, faults),
  );
  if (faults.length === 0)
    faults.push(...entries.flatMap((entry, at) => faultsAmong(entry, at, entries)));
  return faults.length > 0
    ? { faults }
    : { pack: { format: FORMAT, formatVersion: FORMAT_VERSION, pack: head, strategies: entries } };
}

function instance<T extends object>(
  type: new () => T,
  plain: unknown,
  at: string,
  faults: PackFault[],
): T {
  const sample = new type();
  if (!isRecord(plain)) {
    faults.push({ at, key: 'strategies.fault.record' });
    return sample;
  }
  const wrong = Object.entries(sample).flatMap(([name, value]: [string, unknown]) =>
    wrongKind(plain, name, value, at),
  );
  const value = plainToInstance(type, plain);
  const errors = validateSync(value, {
    stopAtFirstError: true,
    whitelist: true,
    forbidNonWhitelisted: true,
  }).flatMap((error) => faultsOf(error, at));
  faults.push(...wrong, ...errors.filter((fault) => !wrong.some((known) => known.at === fault.at)));
  return value;
}

/** The DTO accepts strings for numbers and lists, as forms send them; a pack must not use them. */
function wrongKind(
  plain: Record<string, unknown>,
  name: string,
  sample: unknown,
  at: string,
): PackFault[] {
  if (!(name in plain)) return [{ at: `${at}.${name}`, key: 'strategies.fault.missing' }];
  const fits =
    typeof sample === 'number'
      ? typeof plain[name] === 'number'
      : !Array.isArray(sample) || Array.isArray(plain[name]);
  return fits ? [] : [{ at: `${at}.${name}`, key: 'strategies.fault.value' }];
}

function faultsOf(error: ValidationError, at: string): PackFault[] {
  const place = `${at}.${error.property.slice(0, 40)}`;
  const [constraint] = Object.entries(error.constraints ?? {});
  if (constraint === undefined)
    return (error.children ?? []).flatMap((child) => faultsOf(child, place));
  const [rule, key] = constraint;
  if (rule === 'whitelistValidation') return [{ at: place, key: 'strategies.fault.unknown' }];
  return [{ at: place, key: /^[a-z]+(\.[a-z-]+)+$/.test(key) ? key : 'strategies.fault.value' }];
}

function unknownFields(plain: Record<string, unknown>, known: string[]): PackFault[] {
  return Object.keys(plain)
    .filter((name) => !known.includes(name))
    .map((name) => ({ at: name.slice(0, 40), key: 'strategies.fault.unknown' }));
}

function faultsAmong(entry: PackEntry, at: number, all: PackEntry[]): PackFault[] {
  const place = `strategies[${at}]`;
  const faults: PackFault[] = [];
  if (all.findIndex((other) => other.id === entry.id) !== at)
    faults.push({ at: `${place}.id`, key: 'strategies.fault.twice' });
  if (all.findIndex((other) => other.slug === entry.slug) !== at)
    faults.push({ at: `${place}.slug`, key: 'strategies.fault.twice' });
  if (RESERVED_SLUGS.includes(entry.slug))
    faults.push({ at: `${place}.slug`, key: 'strategies.fault.reserved' });
  const unsafe = findUnsafeText(textsOf(entry));
  if (unsafe !== null)
    faults.push({ at: `${place}.${unsafe.field}`, key: `strategies.safety.${unsafe.rule}` });
  return faults;
}
