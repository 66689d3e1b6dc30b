/** A thread that reads inputs: an entry of its own in the bundle. */
import { serve } from '../../fleet/pool/serve.ts';
import { type Reading, type ReadTask, readOne } from './read-one.ts';

serve<ReadTask, Reading>(readOne);
