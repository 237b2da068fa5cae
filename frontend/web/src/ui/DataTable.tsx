import { CaretDownOutlined, CaretUpOutlined } from "@ant-design/icons";
import { type KeyboardEvent, type MouseEvent, type ReactNode, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import type { Sort } from "./listState";

const DIRECTIONS = ["ASC", "DESC"] as const;
const ARROWS = { ASC: "↑", DESC: "↓" };

export interface Column<Row> {
  key: string;
  title: string;
  render(row: Row): ReactNode;
  /** The order's name on the wire, where the list can be ordered by this. */
  sort?: string;
  number?: boolean;
  width?: number;
  /** Shown only to those who ask for it. */
  isExtra?: boolean;
}

/**
 * A dense list: sticky head, order by its columns, whole rows that lead somewhere; a card per row on a phone.
 * j and k, or the arrows, go from row to row while the focus is in it.
 */
export function DataTable<Row>(props: {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey(row: Row): string;
  href?(row: Row): string;
  sort?: Sort | null;
  onSort?(sort: Sort): void;
  compact?: boolean;
}) {
  const navigate = useNavigate();
  const body = useRef<HTMLTableSectionElement>(null);
  const { href } = props;

  function open(event: MouseEvent, row: Row) {
    // Drawers that a cell opens are its children to React, and stand elsewhere on the page.
    if (!event.currentTarget.contains(event.target as Node)) return;
    const onControl = (event.target as Element).closest("a, button, input, label");
    if (!href || onControl || event.ctrlKey || event.metaKey || event.shiftKey || getSelection()?.toString()) return;
    void navigate(href(row));
  }

  function walk(event: KeyboardEvent) {
    const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
    if (!event.currentTarget.contains(event.target as Node)) return;
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    const rows = Array.from(body.current?.rows ?? []);
    const at = rows.findIndex((row) => row.contains(document.activeElement));
    const next = rows[at + step]?.querySelector<HTMLElement>("a, button");
    if (next) {
      event.preventDefault();
      next.focus();
    }
  }

  return (
    <div className="table-frame">
      {props.onSort && <SortSelect columns={props.columns} sort={props.sort ?? null} onSort={props.onSort} />}
      <table className={`table table--cards${props.compact ? " table--compact" : ""}`} aria-label={props.label}>
        <thead>
          <tr>
            {props.columns.map((column) => (
              <Heading key={column.key} column={column} sort={props.sort ?? null} onSort={props.onSort} />
            ))}
          </tr>
        </thead>
        {/* The rows hold links and buttons of their own; the keys only move between those. */}
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
        <tbody ref={body} onKeyDown={walk}>
          {props.rows.map((row) => (
            // The first cell's link does the same by keyboard.
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions
            <tr key={props.rowKey(row)} data-linked={href ? "" : undefined} onClick={(event) => open(event, row)}>
              {props.columns.map((column) => (
                <td key={column.key} data-label={column.title} className={column.number ? "number" : undefined}>
                  {column.render(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Where rows are cards there are no headings to order them by. */
function SortSelect<Row>(props: { columns: readonly Column<Row>[]; sort: Sort | null; onSort(sort: Sort): void }) {
  const { t } = useTranslation();
  const { columns, sort, onSort } = props;
  const choices = columns.flatMap(({ sort: field, title }) =>
    field ? DIRECTIONS.map((direction) => ({ sort: { field, direction }, label: `${title} ${ARROWS[direction]}` })) : [],
  );
  const current = choices.findIndex((choice) => choice.sort.field === sort?.field && choice.sort.direction === sort.direction);
  if (choices.length === 0) return null;
  return (
    <label className="table__sorting">
      <span className="muted">{t("ui.sortBy")}</span>
      <select
        value={current}
        onChange={(event) => {
          const chosen = choices[Number(event.target.value)];
          if (chosen) onSort(chosen.sort);
        }}
      >
        {current < 0 && <option value={-1} aria-label={t("ui.nothing")} />}
        {choices.map(({ label }, index) => (
          <option key={label} value={index}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
}

function Heading<Row>(props: { column: Column<Row>; sort: Sort | null; onSort?: ((sort: Sort) => void) | undefined }) {
  const { column, sort, onSort } = props;
  const { sort: field } = column;
  const classes = column.number ? "number" : undefined;
  const style = column.width ? { width: column.width } : undefined;
  if (!field || !onSort) {
    return (
      <th scope="col" className={classes} style={style}>
        {column.title}
      </th>
    );
  }
  const current = sort?.field === field ? sort.direction : null;
  const next = current === "ASC" ? "DESC" : current === "DESC" ? "ASC" : column.number ? "DESC" : "ASC";
  return (
    <th
      scope="col"
      className={classes}
      style={style}
      aria-sort={current === "ASC" ? "ascending" : current === "DESC" ? "descending" : "none"}
    >
      <button type="button" className="table__sort" onClick={() => onSort({ field, direction: next })}>
        {column.title}
        <span className="table__arrow" aria-hidden="true">
          {current === "ASC" ? <CaretUpOutlined aria-hidden /> : <CaretDownOutlined aria-hidden />}
        </span>
      </button>
    </th>
  );
}
