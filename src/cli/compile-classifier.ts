import { packClassifier } from '../triage/classifier-weights.js';
import { command } from './command.js';

await command(
  {
    name: 'compile-classifier',
    usage: 'npm run build',
    about: 'Stores the classifier as it is used, so that a start does not parse its weights.',
  },
  // Waits for nothing, but a command is asynchronous.
  () => Promise.resolve(`${packClassifier()} features are stored.`),
);
