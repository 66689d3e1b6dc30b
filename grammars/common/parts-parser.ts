import type { TokenType } from 'chevrotain';
import { LineParser } from './parser.ts';

/** What the parts of a line have said so far. */
type Said = Readonly<Record<string, string | undefined>>;

/** A part of a line: its token, and the fields that its text says, where it says any. */
export type Part = readonly [token: TokenType, says?: (image: string, said: Said) => Said];

/** A grammar of lines of which every part says by itself what it is: they come in any order, and any can be absent. */
export abstract class PartsParser extends LineParser {
  #said: Record<string, string> = {};

  /** The rule of a line of such parts. Of two that say the same field the first counts; the row declares which fields it has. */
  protected parts(name: string, ...parts: readonly Part[]): () => void {
    const alternatives = parts.map(([token, says]) => ({
      ALT: () => {
        const { image } = this.consume(0, token);
        if (says !== undefined) this.ACTION(() => this.#note(says(image, this.#said)));
      },
    }));
    return this.RULE(name, () => {
      this.#said = {};
      this.MANY(() => this.OR(alternatives));
      this.ACTION(() => this.sayDeclared(this.#said));
    });
  }

  #note(more: Said): void {
    for (const field in more) {
      const value = more[field];
      if (value !== undefined) this.#said[field] ??= value;
    }
  }
}
