import { Redactor } from '../../output/redact/redactor.ts';
import { asLogInput, type Opened } from '../../read/inputs/open.ts';
import { entryOf, HOST_ENTRY } from '../../record/boot-entry.ts';

/** Reads a log through for the names in it. @returns what puts placeholders for them and for all else that does not leave the machine */
export async function redaction(opened: Opened, words: readonly string[]): Promise<(text: string) => string> {
  const redactor = new Redactor(words.map((word) => word.trim()));
  if (opened.kind === 'dump') {
    const { nodename } = opened.dump.kernel.utsname ?? {};
    if (nodename) redactor.know('host', nodename);
  }
  for await (const batch of asLogInput(opened).batches) {
    for (const { text, dict } of batch) {
      const host = entryOf(dict, HOST_ENTRY);
      if (host !== undefined) redactor.know('host', host);
      redactor.learn(text);
    }
  }
  return (text) => redactor.text(text);
}
