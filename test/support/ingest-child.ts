/** A process that ingests `COUNT` answers in batches of three into the store `PATH`, over and over, and says after each batch how many are in for sure. */
import { openStore } from '../../src/fleet/store/writer.ts';
import { answerLike } from './answers.ts';

const [path = '', count = '0'] = process.argv.slice(2);
const answers = Array.from({ length: Number(count) }, (_, i) => answerLike(`${i}`, { readAt: `2026-11-2${i % 3}T00:00:00.000Z` }));

async function main(): Promise<void> {
  const writer = await openStore(path);
  for (let at = 0; at < answers.length; at += 3) {
    await writer.ingest(answers.slice(at, at + 3));
    process.stdout.write(`${Math.min(at + 3, answers.length)}\n`);
  }
  await writer.close();
}

main().catch((error: Error) => {
  process.stderr.write(`${error.name}: ${error.message}\n`);
  process.exitCode = 1;
});
