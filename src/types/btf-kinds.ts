/** Kinds of BTF types (include/uapi/linux/btf.h). */
export const KIND = {
  int: 1,
  pointer: 2,
  array: 3,
  struct: 4,
  union: 5,
  enum: 6,
  forward: 7,
  typedef: 8,
  volatile: 9,
  const: 10,
  restrict: 11,
  func: 12,
  funcProto: 13,
  var: 14,
  dataSection: 15,
  float: 16,
  declTag: 17,
  typeTag: 18,
  enum64: 19,
} as const;

/** 32-bit words that follow the three of every type; undefined where the kind is not known, which ends the reading. */
export function wordsBehind(kind: number, vlen: number): number | undefined {
  switch (kind) {
    case KIND.int:
    case KIND.var:
    case KIND.declTag:
      return 1;
    case KIND.array:
      return 3;
    case KIND.struct:
    case KIND.union:
    case KIND.dataSection:
    case KIND.enum64:
      return 3 * vlen;
    case KIND.enum:
    case KIND.funcProto:
      return 2 * vlen;
    case KIND.pointer:
    case KIND.forward:
    case KIND.typedef:
    case KIND.volatile:
    case KIND.const:
    case KIND.restrict:
    case KIND.func:
    case KIND.float:
    case KIND.typeTag:
      return 0;
    default:
      return undefined;
  }
}
