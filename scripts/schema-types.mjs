// TypeScript types out of the JSON Schema: what users of the library see of events, without zod, from which the schema is made.

/** @returns {Map<string, string>} an interface for each definition of the schema, by name */
export function typesOf(schema) {
  return new Map(Object.entries(schema.$defs).map(([name, definition]) => [name, `interface ${name} ${typeOf(definition)}`]));
}

function typeOf(schema, indent = '') {
  if (schema.$ref !== undefined) return schema.$ref.replace('#/$defs/', '');
  if (schema.anyOf !== undefined) return unionOf(schema.anyOf, indent);
  if (schema.const !== undefined) return literal(schema.const);
  if (schema.enum !== undefined) return schema.enum.map(literal).join(' | ');
  if (Array.isArray(schema.type))
    return unionOf(
      schema.type.map((type) => ({ ...schema, type })),
      indent,
    );
  switch (schema.type) {
    case 'string':
    case 'boolean':
      return schema.type;
    case 'number':
    case 'integer':
      return 'number';
    case 'array':
      return `readonly ${grouped(typeOf(schema.items, indent))}[]`;
    case 'object':
      return objectOf(schema, indent);
    default:
      if (Object.keys(schema).every((key) => key === 'description')) return 'unknown';
      throw new Error(`the schema has what schema-types.mjs does not know: ${JSON.stringify(schema)}`);
  }
}

const literal = (value) => (typeof value === 'string' ? `'${value}'` : JSON.stringify(value));
const grouped = (type) => (/ \| |^readonly /.test(type) && !type.startsWith('{') ? `(${type})` : type);
const unionOf = (schemas, indent) => [...new Set(schemas.map((schema) => typeOf(schema, indent)))].join(' | ');

function objectOf({ properties = {}, required = [], additionalProperties }, indent) {
  const inner = `${indent}  `;
  const lines = Object.entries(properties).flatMap(([name, schema]) => [
    ...(schema.description === undefined ? [] : [`${inner}/** ${schema.description.replaceAll('*/', '* /')} */`]),
    `${inner}readonly ${name}${required.includes(name) ? '' : '?'}: ${typeOf(schema, inner)};`,
  ]);
  if (typeof additionalProperties === 'object') {
    // a further field may be absent, as any that is optional
    const rest = typeOf(additionalProperties, inner);
    lines.push(`${inner}readonly [name: string]: ${rest}${lines.length > 0 ? ' | undefined' : ''};`);
  }
  return `{\n${lines.join('\n')}\n${indent}}`;
}
