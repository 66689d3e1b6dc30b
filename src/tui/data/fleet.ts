import type { Fleet } from '../../fleet/fleet.ts';
import { groupFleet } from '../../fleet/group.ts';
import type { FleetInput } from '../../fleet/input.ts';

/** What is known so far of many inputs. */
export class FleetData {
  readonly #inputs: FleetInput[] = [];
  #fleet: Fleet | undefined;
  #grouped = -1;

  constructor(
    /** How the user named them. */
    readonly name: string,
    readonly total: number,
  ) {}

  take(input: FleetInput): void {
    this.#inputs.push(input);
  }

  /** Inputs read so far. */
  get done(): number {
    return this.#inputs.length;
  }

  /** Grouped; while many are still read, again only when a tenth more has come: grouping looks at all of them. */
  get fleet(): Fleet {
    const stale = this.done === this.total ? this.#grouped < this.total : this.done > this.#grouped * 1.1;
    if (this.#fleet === undefined || stale) {
      this.#fleet = groupFleet(this.#inputs);
      this.#grouped = this.done;
    }
    return this.#fleet;
  }
}
