import { afterEach, describe, expect, it } from '@jest/globals';
import { FILE_ROWS, type HelplineRow } from '../helplines/helpline-rows.js';
import { setHelplineOverrides } from '../helplines/helplines.js';
import { suggestHandle } from './handles.js';
import { isReserved } from './reserved-names.js';

describe('a reserved name', () => {
  it.each([
    'Moderators',
    'mod-team',
    'modteam',
    'm-o-d',
    'ModTeam',
    'mod2',
    'sameboat-team',
    'Sarneboat',
    'same-b0at-news',
    'crisis-team',
    'CrisisTeam',
    'crisisteam1',
    'samaritans',
    'the-Sarnarltans',
    'Samaritan5-uk',
    'childline',
    'papyrus-uk',
    'Pieta',
    'dr-smith',
    'DrSmith',
    'prof-jones',
    'nurse-ann',
    'ann-therapist',
    'harbour-m0d',
    'harbour-rnod',
    'harbour--mod',
    'Adm1n',
    'helpdesk',
    'support',
    'nobody',
    'superadmin',
    'sys-adm1n',
    'headmods',
    'forumadmin',
    'harbour-mocl',
    'keel-aclmin',
    'clr-smith',
    'moderadora',
    'Administrador1',
    'equipo-azul',
    'psic0logo-luis',
    'dra-luna',
    'krisenteam',
    'crisis-helper',
    'suicide-line',
    'telefono-esperanza',
    'nhs-helper',
    'police-officer',
    'emergency-999',
    'mind-uk',
    'UK-Mind',
    'beat-org',
    'deleted-member',
    'everyone',
    'doctorjo',
    'd0ctor-jo',
    'Professorlee',
    'shout-text',
    'ShoutText',
    'shout-crisis-volunteer',
    'text-shout-uk',
    'beat-helper',
    'reach-out',
    'reachout-uk',
    'reach-out-chat',
  ])('%s is rejected', (handle) => {
    expect(isReserved(handle)).toBe(true);
  });

  it.each([
    'quiet-heron',
    'kettIe-on',
    'modern-lamp',
    'badminton-fan',
    'steam-train',
    'drum-and-bass',
    'dragonfly',
    'profiterole',
    'nursery-rhyme',
    'commodore',
    'mindful-otter',
    'shouting-less',
    'beatrix',
    'helpful-owl',
    'supportive-sofa',
    'Andre',
    'docile-cat',
    'mahmod',
    'seatonteam',
    'Ruby',
    'Modesto',
    'Samira',
    'Adminah',
    'Samantha',
    'Teamaker',
    'steamboat',
    'Drummer',
    'Staffie',
    'Moddie',
    'Nursel',
    'Clover',
    'lifeguard',
    'Admiral',
    'calm-otter',
    'mind-uke',
    'ukulele-mind',
    'dream-police',
    'superb-owl',
    'webbed-feet',
    'leadlight',
    'nightingale',
    'peerless',
    'our-ferry',
    'thermos',
    'member7',
    'guest-of-the-sea',
    'doctorate-student',
    'doctoral-tea',
    'spin-doctoring',
    'shout-softly',
    'reach-for-tea',
    'reach-out-more',
    'chatty-line',
    'text-me-later',
    'beat-the-rain',
    'calm-sea',
    'nobody-chat',
  ])('%s is available', (handle) => {
    expect(isReserved(handle)).toBe(false);
  });

  it('is never suggested by the sign-up page', () => {
    const seen = new Set<string>();
    for (let first = 0; first < 20; first += 1)
      for (let second = 0; second < 20; second += 1) {
        const picks = [first, second, 0, 1];
        seen.add(suggestHandle(() => picks.shift() ?? 0));
      }
    expect([...seen].filter(isReserved)).toEqual([]);
  });
});

describe('the name of a helpline that administrators changed', () => {
  const [first] = FILE_ROWS;
  const line = (changed: Partial<HelplineRow>): HelplineRow => {
    if (first === undefined) throw new Error('no helplines');
    return { ...first, ...changed };
  };
  afterEach(() => setHelplineOverrides([]));

  it.each(['harbour-listeners', 'HarbourListeners7', 'the-Harb0ur-listeners'])(
    'is rejected as soon as the helpline exists: %s',
    (handle) => {
      expect(isReserved(handle)).toBe(false);
      setHelplineOverrides([line({ key: 'gb-harbour-listeners', name: 'Harbour Listeners' })]);
      expect(isReserved(handle)).toBe(true);
    },
  );

  it('is available again when the helpline is deleted', () => {
    setHelplineOverrides([line({ key: 'gb-harbour-listeners', name: 'Harbour Listeners' })]);
    setHelplineOverrides([]);
    expect(isReserved('harbour-listeners')).toBe(false);
  });

  it('is rejected only as a whole name if it is short', () => {
    setHelplineOverrides([line({ key: 'gb-kettle', name: 'Kettle' })]);
    expect(isReserved('Kettle')).toBe(true);
    expect(isReserved('slow-kettle')).toBe(false);
  });

  it('stays rejected when the helpline is renamed', () => {
    const samaritans = FILE_ROWS.find(({ key }) => key === 'gb-samaritans');
    setHelplineOverrides([line({ ...samaritans, name: 'Harbour Listeners' })]);
    expect(isReserved('samaritans')).toBe(true);
    expect(isReserved('harbour-listeners')).toBe(true);
  });
});
