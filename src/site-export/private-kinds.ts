import { kind, type Kind } from './kind.js';

const SEALED = { fields: { words: 'sealed' } } as const;

/** Members' private data, exported as stored: encrypted under their own keys. */
export const PRIVATE: readonly Kind[] = [
  kind('toolkit-items', 'toolkit_items', 'Saved strategies; notes and own steps sealed', SEALED),
  kind('toolkit-collections', 'toolkit_collections', 'Collections; their names sealed', SEALED),
  kind('toolkit-collection-items', 'toolkit_collection_items', 'The contents of a collection'),
  kind('toolkit-settings', 'toolkit_settings', 'Toolkit settings of members'),
  kind('check-ins', 'check_ins', 'How things were before and after; notes sealed', SEALED),
  kind('letters', 'toolkit_letters', 'Monthly reviews, sealed', SEALED),
  kind('appointment-sheets', 'toolkit_sheets', 'Notes for an appointment, sealed', SEALED),
  kind(
    'toolkit-shares',
    'toolkit_shares',
    'Hashes of links that share a part of a toolkit',
    SEALED,
  ),
  kind('safety-plans', 'safety_plans', 'Safety plans and cards, sealed', {
    fields: { card: 'sealedCard', plan: 'sealedPlan' },
  }),
];
