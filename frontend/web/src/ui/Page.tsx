import { type ReactNode, useEffect } from "react";

/** A page below the shell: its title, also the document's; a note beside it, and what can be done. */
export function Page(props: {
  title: string;
  note?: ReactNode;
  actions?: ReactNode;
  /** The title is shown by something else. */
  hideTitle?: boolean;
  children: ReactNode;
}) {
  useEffect(() => {
    document.title = `${props.title} · 客图 Ketu`;
  }, [props.title]);
  return (
    <div className="page">
      {!props.hideTitle && (
        <div className="page__head">
          <h1 id="page-title" className="page__title">
            {props.title}
          </h1>
          {props.note && <span className="page__note">{props.note}</span>}
          {props.actions && <div className="page__actions">{props.actions}</div>}
        </div>
      )}
      {props.children}
    </div>
  );
}
