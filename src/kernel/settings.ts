import { availableParallelism } from 'node:os';
import { isURL } from 'class-validator';
import { isNetwork, networkList } from './network.js';

/** The type of a setting: how its text is validated and parsed, and what the error says. */
export interface Kind<T> {
  /** Follows the name of the setting in the error: "must be on or off". */
  readonly expected: string;
  readonly accepts: (text: string) => boolean;
  /** Parses an accepted text; without it the property holds the text itself. */
  readonly read?: (text: string) => T | undefined;
}

const kinds = new Map<string, Kind<unknown>>();

/**
 * Declares a property of `Config` as a setting. The property is named like the environment
 * variable, its initial value is the default, and an empty variable counts as unset.
 */
export function Setting<T>(kind: Kind<T>) {
  return <K extends string>(_target: { [name in K]?: T }, name: K): void => {
    kinds.set(name, kind);
  };
}

/** The names of all settings, in order of declaration. */
export function settingNames(): string[] {
  return [...kinds.keys()];
}

/**
 * Sets the properties of `config` from the environment.
 * @returns errors, each beginning with the name of the setting; they never quote its value
 */
export function readSettings(config: object, env: NodeJS.ProcessEnv): string[] {
  const faults: string[] = [];
  for (const [name, { expected, accepts, read }] of kinds) {
    const text = env[name];
    if (text === undefined || text === '') continue;
    const accepted = accepts(text);
    if (!accepted) faults.push(`${name} ${expected}`);
    Object.assign(config, { [name]: accepted && read !== undefined ? read(text) : text });
  }
  return faults;
}

export const anyText: Kind<string> = { expected: 'must be text', accepts: () => true };

/** @param names two or more allowed values */
export function oneOf<const T extends string>(...names: readonly T[]): Kind<T> {
  const listed = `${names.slice(0, -1).join(', ')} or ${names.at(-1) ?? ''}`;
  return {
    expected: `must be ${listed}`,
    accepts: (text) => (names as readonly string[]).includes(text),
  };
}

/**
 * A URL.
 * @param protocols allowed protocols, such as `https`
 */
export function address(...protocols: string[]): Kind<string> {
  const listed = protocols.map((protocol) => `${protocol}://`).join(' or ');
  return {
    expected: `must be ${listed.startsWith('smtp') ? 'an' : 'a'} ${listed} address`,
    accepts: (text) => isURL(text, { require_tld: false, require_protocol: true, protocols }),
  };
}

/** Several addresses, comma-separated. */
export function addresses(...protocols: string[]): Kind<string> {
  const one = address(...protocols);
  return {
    expected: `must be addresses such as ${protocols[0] ?? ''}://host:5432/name, comma-separated`,
    accepts: (text) => text.split(',').every((each) => one.accepts(each.trim())),
  };
}

export function wholeNumber(least: number, most: number): Kind<number> {
  return {
    expected: `must be a whole number from ${least} to ${most}`,
    accepts: (text) => /^\d+$/.test(text) && Number(text) >= least && Number(text) <= most,
    read: Number,
  };
}

/** A number of processes, or `auto` for one per available processor. */
export const processes: Kind<number> = {
  expected: 'must be auto or a whole number from 1 to 64',
  accepts: (text) => text === 'auto' || wholeNumber(1, 64).accepts(text),
  read: (text) => (text === 'auto' ? availableParallelism() : Number(text)),
};

export const port: Kind<number> = { ...wholeNumber(0, 65_535), expected: 'must be a port number' };

/**
 * A secret.
 * @param least minimum length in characters
 */
export function secret(least: number): Kind<string> {
  return {
    expected: `must have ${least} characters or more`,
    accepts: (text) => text.length >= least,
  };
}

export function matching(pattern: RegExp, expected: string): Kind<string> {
  return { expected, accepts: (text) => pattern.test(text) };
}

/**
 * An email address that is extended with a tag after a plus.
 * @param example an example of its local part
 */
export function taggedAddress(example: string): Kind<string> {
  return matching(
    /^[^\s@+]+@[^\s@]+$/,
    `must be an address without a plus, such as ${example}@example.org`,
  );
}

/** Addresses and networks, comma-separated. */
export const networks: Kind<ReturnType<typeof networkList>> = {
  expected: 'must be a list of addresses such as 10.0.0.0/8, fd00::/8',
  accepts: (text) => text.split(',').every((each) => /[.:]/.test(each) && isNetwork(each.trim())),
  read: (text) => networkList(text.split(',').map((each) => each.trim())),
};

/**
 * Addresses, networks and names of ranges, comma-separated, as Express accepts them for trusted
 * proxies; `off` for none.
 */
export const proxies: Kind<string> = {
  expected: 'must be off, or a list of addresses such as loopback, 10.0.0.0/8',
  accepts: (text) => text === 'off' || text.split(',').every((each) => isNetwork(each.trim())),
  read: (text) => (text === 'off' ? undefined : text),
};
