import type { ReactNode } from "react";
import type { Tone } from "./values";

export interface Moment {
  key: string;
  tone?: Tone;
  /** What happened. */
  title: ReactNode;
  /** When, by whom, in which way. */
  detail: ReactNode;
  children?: ReactNode;
}

/** What happened, one thing after the other. */
export function Timeline(props: { label: string; moments: readonly Moment[] }) {
  return (
    <ol className="timeline" aria-label={props.label}>
      {props.moments.map(({ key, tone, title, detail, children }) => (
        <li key={key} className={`timeline__moment tag--${tone ?? "neutral"}`}>
          <div className="timeline__title">{title}</div>
          <div className="items__detail">{detail}</div>
          {children}
        </li>
      ))}
    </ol>
  );
}
