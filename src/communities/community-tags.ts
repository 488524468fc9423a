/** What communities are found by; the guided finder knows the words people use for each. */
export const DIFFICULTIES = [
  'anxiety', 'panic', 'low-mood', 'bipolar', 'ocd', 'trauma', 'grief', 'adhd', 'autism', 'eating', 'sleep', 'self-harm', 'substance-use', 'psychosis', 'loneliness', 'stress-and-burnout', 'anger', 'borderline', 'self-worth',
] as const;
export const SITUATIONS = [
  'new-parent', 'pregnancy', 'parent', 'student', 'work', 'no-work', 'caring', 'bereaved', 'separation', 'money', 'illness', 'moving', 'night-shift', 'young', 'older', 'lgbtq', 'living-alone', 'service',
] as const;
export const FORMATS = ['listening', 'experiences', 'ideas', 'check-ins'] as const;
