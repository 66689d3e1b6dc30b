import { isTextForm, TEXT_FORMS, type TextForm } from '../../text/forms.ts';

/** What a dump can be said to be: in any container that is recognised, or memory as it is. */
const DUMP_FORMS = ['vmcore', 'raw'] as const;

/** What an input can be said to be, instead of being looked at. */
export type InputForm = (typeof DUMP_FORMS)[number] | TextForm;

export const INPUT_FORMS: readonly InputForm[] = [...DUMP_FORMS, ...TEXT_FORMS];

export const isDumpForm = (form: string | undefined): form is (typeof DUMP_FORMS)[number] =>
  (DUMP_FORMS as readonly (string | undefined)[]).includes(form);

export const isInputForm = (name: string): name is InputForm => isDumpForm(name) || isTextForm(name);
