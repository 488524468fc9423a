import { lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';

/** A host name leads to an address that may not be connected to. */
export class AddressNotAllowed extends Error {}

/**
 * Resolves names for a connection, and refuses it where any address of the name is not allowed: a
 * name cannot lead elsewhere between check and use. Node resolves nothing where a URL names an
 * address itself: that has to be checked before.
 * @param mayReach whether an IP address may be connected to
 */
export function checkedLookup(mayReach: (address: string) => boolean): LookupFunction {
  return (host, options, callback) => {
    lookup(host, { ...options, all: true }, (error, addresses) => {
      // With an error Node passes no list.
      const [first] = error === null ? addresses : [];
      if (first === undefined) callback(error ?? new Error('no address'), []);
      else if (!addresses.every((each) => mayReach(each.address)))
        callback(new AddressNotAllowed(), []);
      else if (options.all === true) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}
