/** A filter by somebody or something that has an id. */
export interface FilterProps {
  label: string;
  value: string | null;
  onChange(id: string | null): void;
}
