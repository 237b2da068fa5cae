import type { CustomerKind, RelationType } from "@/graph/generated/graphql";

export type TypeName = `${RelationType}`;
type KindName = `${CustomerKind}`;

/** Each is drawn in the colour of its kind: there are more types than colours that can be told apart. */
const KINDS: Record<TypeName, number> = {
  SPOUSE: 0,
  PARENT: 0,
  CHILD: 0,
  JOINT_HOLDER: 2,
  GUARANTOR: 4,
  EMPLOYER: 1,
  REFERRER: 7,
  KEY_PERSON: 3,
  LEGAL_REPRESENTATIVE: 3,
  BENEFICIAL_OWNER: 3,
  SHAREHOLDER: 3,
  FINANCE_OFFICER: 3,
};

export const TYPES = Object.keys(KINDS) as TypeName[];

/** The place of a type's colour among those of series. */
export function colourOf(type: TypeName): number {
  return KINDS[type];
}

/** What each end is to the other. */
export function isMutual(type: TypeName): boolean {
  return type === "SPOUSE" || type === "JOINT_HOLDER";
}

/** What follows from shared accounts, and is neither declared nor ended by anybody. */
export function isFound(type: TypeName): boolean {
  return type === "JOINT_HOLDER";
}

export interface Ends {
  type: TypeName;
  fromId: string;
  toId: string;
}

/**
 * One row of those that say the same: the bank keeps a spouse from both ends, and a child beside its parent. Of these the
 * one that starts at the parent is shown, and of mutual ones that whose ends are in order.
 */
export function canonical(ends: Ends): Ends {
  const { type, fromId, toId } = ends;
  if (type === "PARENT") return { type: "CHILD", fromId: toId, toId: fromId };
  if (isMutual(type) && fromId > toId) return { type, fromId: toId, toId: fromId };
  return ends;
}

const FROM: Partial<Record<TypeName, KindName>> = {
  SPOUSE: "PERSON",
  PARENT: "PERSON",
  CHILD: "PERSON",
  EMPLOYER: "PERSON",
  KEY_PERSON: "ORGANISATION",
  LEGAL_REPRESENTATIVE: "ORGANISATION",
  BENEFICIAL_OWNER: "ORGANISATION",
  SHAREHOLDER: "ORGANISATION",
  FINANCE_OFFICER: "ORGANISATION",
};
const TO: Partial<Record<TypeName, KindName>> = {
  SPOUSE: "PERSON",
  PARENT: "PERSON",
  CHILD: "PERSON",
  KEY_PERSON: "PERSON",
  LEGAL_REPRESENTATIVE: "PERSON",
  BENEFICIAL_OWNER: "PERSON",
  FINANCE_OFFICER: "PERSON",
};

/** What can be declared of a customer of that kind at that end; the bank has the last word. */
export function declarable(kind: KindName, end: "from" | "to"): TypeName[] {
  const allowed = end === "from" ? FROM : TO;
  return TYPES.filter((type) => !isFound(type) && (allowed[type] ?? kind) === kind);
}
