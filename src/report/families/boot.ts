import type { Family } from '../family.ts';

export const boot: Family = {
  name: 'boot',
  openers: [{ text: 'Linux version ', form: 'banner', test: (text) => /^Linux version \d+\.\d+/.test(text) }],
  forms: [{ name: 'banner', single: true, needs: 'nothing' }],
};
