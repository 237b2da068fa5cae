import type { ReactNode } from "react";
import { Link } from "react-router";

/** One figure, with what it counts, and where it leads. */
export function Stat(props: { label: string; value: ReactNode; note?: ReactNode; alarming?: boolean; to?: string }) {
  const inner = (
    <>
      <div className="stat__label">{props.label}</div>
      <div className="stat__value">{props.value}</div>
      <div className={props.alarming ? "stat__note stat__note--danger" : "stat__note"}>{props.note}</div>
    </>
  );
  return props.to ? (
    <Link className="stat" to={props.to}>
      {inner}
    </Link>
  ) : (
    <div className="stat">{inner}</div>
  );
}
