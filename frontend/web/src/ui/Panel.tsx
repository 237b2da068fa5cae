import { type ReactNode, useId } from "react";

/** One subject on a surface of its own. `flush`: what it holds goes to its edges. */
export function Panel(props: {
  title?: ReactNode;
  extra?: ReactNode;
  flush?: boolean;
  refreshing?: boolean;
  children: ReactNode;
}) {
  const id = useId();
  const classes = ["panel", props.flush && "panel--flush", props.refreshing && "refreshing"].filter(Boolean).join(" ");
  return (
    <section className={classes} {...(props.title ? { "aria-labelledby": id } : {})}>
      {(props.title || props.extra) && (
        <header className="panel__head">
          {props.title && (
            <h2 className="panel__title" id={id}>
              {props.title}
            </h2>
          )}
          {props.extra && <div className="panel__extra">{props.extra}</div>}
        </header>
      )}
      <div className="panel__body">{props.children}</div>
    </section>
  );
}
