import { INPUT_FORMS, type InputForm, isInputForm } from '../../read/inputs/form.ts';
import { UsageError } from '../exit.ts';
import { didYouMean } from '../nearest.ts';

/** What `--input` says the FILEs are. @throws UsageError with the names that there are */
export function inputForm(name: string | undefined): InputForm | undefined {
  if (name === undefined || isInputForm(name)) return name;
  throw new UsageError(`--input takes ${INPUT_FORMS.join(', ')}; not ${name}${didYouMean(name, INPUT_FORMS)}`);
}
