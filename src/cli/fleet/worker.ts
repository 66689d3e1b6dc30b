/** A thread that reads inputs: an entry of its own in the bundle. */
import { serve } from '../../fleet/pool/serve.ts';
import { type ReadTask, readAll } from './read-one.ts';
import type { Reading } from './reading.ts';

serve<ReadTask, readonly Reading[]>(readAll);
