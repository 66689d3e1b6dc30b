// Every rule of every hardware table: a title's template names fields of its rows, and every row has one meaning.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { RULES } from '../../../src/event/hardware/index.ts';

const rules = Object.values(RULES).flatMap((table) => [...table]);

test('a template names fields that its rows or their meaning have', () => {
  for (const { row, rows, meaning } of rules) {
    const fields = new Set([...rows.flatMap((r) => Object.keys(r.fields ?? {})), ...Object.keys(meaning.derive ?? {}), 'comm']);
    const templates = [meaning.title, ...(meaning.alt ?? [])].filter((t) => typeof t === 'string');
    const named = templates.flatMap((t) => [...t.matchAll(/\{(\w+)\}/g)].map((m) => m[1] ?? ''));
    assert.equal(
      named.filter((name) => !fields.has(name)),
      [],
      row.name,
    );
  }
});

test('what folds is a field of a row of its table, or worked out from some', () => {
  for (const table of Object.values(RULES)) {
    const fields = new Set(table.flatMap(({ rows }) => rows.flatMap((r) => Object.keys(r.fields ?? {}))));
    for (const { row, meaning } of table) {
      const derived = Object.keys(meaning.derive ?? {});
      assert.equal(
        (meaning.fold || []).filter((name) => !fields.has(name) && !derived.includes(name)),
        [],
        row.name,
      );
    }
  }
});

test('a row has one meaning', () => {
  const seen = new Set();
  for (const { row } of rules) {
    assert.not(seen.has(row), row.name);
    seen.add(row);
  }
});

test.run();
