import type { CommandProblem } from "@/graph";

/** The path of a field in a form: its name, or names where the form is nested. */
export type FieldName = readonly (string | number)[];

export interface Placed {
  /** What each field has to say, in the form's order. */
  fields: { name: FieldName; problems: CommandProblem[] }[];
  /** What belongs to no field that is shown. */
  general: CommandProblem[];
  /** Somebody else has changed the row meanwhile. */
  conflict: CommandProblem | null;
}

/**
 * Where the problems of a refused command are shown: each at the field that its path ends in. A path goes on inside a
 * field that has parts of its own (`input.amount.currency` at `amount`), so the innermost field that it names counts.
 */
export function problemsAtFields(problems: readonly CommandProblem[], fields: readonly FieldName[]): Placed {
  const placed: Placed = { fields: [], general: [], conflict: null };
  for (const problem of problems) {
    if (problem.__typename === "Conflict") {
      placed.conflict = problem;
      continue;
    }
    const field = innermost(problem.path, fields);
    if (!field) {
      placed.general.push(problem);
      continue;
    }
    const there = placed.fields.find(({ name }) => name === field);
    if (there) there.problems.push(problem);
    else placed.fields.push({ name: field, problems: [problem] });
  }
  placed.fields.sort((one, other) => fields.indexOf(one.name) - fields.indexOf(other.name));
  return placed;
}

function innermost(path: readonly string[], fields: readonly FieldName[]): FieldName | null {
  let found: { field: FieldName; end: number } | null = null;
  for (const field of fields) {
    const end = endOf(field, path);
    const isCloser = found === null || end > found.end || (end === found.end && field.length > found.field.length);
    if (end > 0 && isCloser) found = { field, end };
  }
  return found?.field ?? null;
}

/** After how many steps of a path a field's name has been gone through; 0 where the path does not hold it. */
function endOf(field: FieldName, path: readonly string[]): number {
  for (let start = path.length - field.length; start >= 0; start--) {
    if (field.every((step, at) => String(step) === path[start + at])) return start + field.length;
  }
  return 0;
}
