// What is bundled that others wrote: THIRD-PARTY.md, from esbuild's own account of what came into the bundle.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @param metafile of the build
 * @param extra names of packages of which a file is copied beside the bundle
 * @returns Markdown: a table of packages, then the text of each licence once
 */
export function thirdParty(metafile, extra = []) {
  const folders = new Set(extra.map((name) => `node_modules/${name}`));
  for (const { inputs } of Object.values(metafile.outputs)) {
    for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
      const folder = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0];
      if (folder !== undefined && bytesInOutput > 0) folders.add(folder);
    }
  }
  // npm may lay a package down more than once
  const byId = new Map([...folders].map(describe).map((each) => [each.id, each]));
  const packages = [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  const rows = packages.map(({ id, licence }) => `| ${id} | ${licence} |`);
  const texts = new Map();
  for (const { id, text } of packages) if (text !== '') texts.set(text, [...(texts.get(text) ?? []), id]);
  const sections = [...texts].map(([text, ids]) => `## ${ids.join(', ')}\n\n\`\`\`\n${text}\n\`\`\``);
  return `# Third-party software

What the bundle holds that others wrote, and its licences. Written by the build (scripts/third-party.mjs).

| package | licence |
|---|---|
${rows.join('\n')}

${sections.join('\n\n')}
`;
}

function describe(folder) {
  const at = existsSync(folder) ? folder : join('..', folder);
  const { name, version, license } = JSON.parse(readFileSync(join(at, 'package.json'), 'utf8'));
  if (typeof license !== 'string') throw new Error(`${name} states no licence`);
  const file = readdirSync(at).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file === undefined ? '' : readFileSync(join(at, file), 'utf8').replace(/\r/g, '').replaceAll('```', "'''").trim();
  return { id: `${name} ${version}`, licence: license, text };
}
