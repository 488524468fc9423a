import { lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';

/** Thrown when a host name resolves to an address that must not be connected to. */
export class AddressNotAllowed extends Error {}

/**
 * A DNS lookup for a connection that fails if any address of the name is not allowed. Checking the
 * addresses that are then connected to prevents DNS rebinding. Node performs no lookup when a URL
 * contains an IP address, so the caller must check that case first.
 * @param mayReach returns whether an IP address may be connected to
 */
export function checkedLookup(mayReach: (address: string) => boolean): LookupFunction {
  return (host, options, callback) => {
    lookup(host, { ...options, all: true }, (error, addresses) => {
      // Node passes no address list along with an error.
      const [first] = error === null ? addresses : [];
      if (first === undefined) callback(error ?? new Error('no address'), []);
      else if (!addresses.every((each) => mayReach(each.address)))
        callback(new AddressNotAllowed(), []);
      else if (options.all === true) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}
