import { describe, expect, it } from '@jest/globals';
import { nodeVersionFault } from './node-version.js';

describe('nodeVersionFault', () => {
  it.each(['20.20.2', '22.18.0', '24.6.9'])('explains in one line that Node %s is too old', (old) =>
    expect(nodeVersionFault(old)).toMatch(/^Sameboat needs Node 24\.7 or newer, [^\n]+\.$/),
  );

  it.each(['24.7.0', '24.21.0', '26.0.0', process.versions.node])('accepts Node %s', (version) =>
    expect(nodeVersionFault(version)).toBeNull(),
  );
});
