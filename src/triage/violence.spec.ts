import { describe, expect, it } from '@jest/globals';
import { assessRisk } from './assess-risk.js';

describe('violence at hand', () => {
  it.each([
    'He is in the hall with a knife.',
    'He is in the kitchen smashing everything.',
    'he’s outside the bathroom door kicking it',
    'My husband says he will kill us both.',
    'He said he will kill me if I leave.',
    'He will kill me when he gets home.',
    'My ex is going to kill my dog.',
    'I was close to hitting him.',
    'I nearly hit my son today and I am so ashamed.',
  ])('is named: %s', (text) => {
    expect(assessRisk(text).named).not.toBe('none');
  });

  it.each([
    'got a D lol. mum is gonna murder me. at least its over i suppose',
    'I broke the vase. Mum is going to kill me.',
    'Mum is going to kill me when she sees my hair. At least it is over.',
    'dad is going to kill me if I scratch the car',
    'my mate is gonna kill me because I lost his drill',
    'my sister is going to kill me, I told mum about the party',
    'She will kill me when she sees the parking ticket.',
    'Wife will kill me when she sees what I’ve paid for this strimmer.',
    'The joiner came back. He is going to finish my kitchen on Friday.',
    'The nurse says she is going to hurt my arm a bit with the needle.',
    'He is in the kitchen shouting at the football.',
    'The kids are upstairs screaming with laughter.',
    'My son is upstairs shouting at his xbox.',
    'he is outside kicking a ball with the little one',
    'He is outside with the dog now.',
    'Twenty weeks and he is kicking all the time.',
    'I was breaking the news to mum on the phone.',
    'We are breaking up and it is all right.',
    'Baby won’t let me leave the room.',
    'His van is here at last, the fridge has come.',
    'Please hurry up spring.',
    'Hiding in the pantry eating the good biscuits, kids have not found me yet.',
    'Going under the knife on the 4th, only my toe, but I am scared of the anaesthetic.',
    'I left the bread knife in the sink again.',
    'I nearly cut myself on the tin.',
    'I nearly hurt myself on the step.',
    'I am on the edge of my seat with this series, do not tell me the ending.',
    'I nearly hit a deer on the way home.',
  ])('is not: %s', (text) => {
    expect(assessRisk(text).named).toBe('none');
  });
});
