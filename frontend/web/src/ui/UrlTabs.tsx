import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from "react";
import { useSearchParams } from "react-router";

export interface UrlTab {
  key: string;
  label: string;
  render(): ReactNode;
}

/** Tabs whose choice stands in the address (`?tab=`); the first one needs no word there. Arrows go from one to the next. */
export function UrlTabs(props: { label: string; tabs: readonly UrlTab[] }) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const [search, setSearch] = useSearchParams();
  const asked = search.get("tab");
  const current = props.tabs.find(({ key }) => key === asked) ?? props.tabs[0];
  const chosen = current?.key;
  useEffect(() => {
    const tab = list.current?.querySelector("[aria-selected=true]");
    if (chosen) tab?.scrollIntoView({ inline: "center", block: "nearest" });
  }, [chosen]);
  if (!current) return null;

  function choose(key: string) {
    setSearch(key === props.tabs[0]?.key ? {} : { tab: key }, { replace: true });
  }

  function press(event: KeyboardEvent) {
    const at = props.tabs.findIndex((tab) => tab === current);
    const last = props.tabs.length - 1;
    const next = { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at === 0 ? last : at - 1, Home: 0, End: last }[event.key];
    const tab = next === undefined ? undefined : props.tabs[next];
    if (!tab) return;
    event.preventDefault();
    choose(tab.key);
    list.current?.querySelectorAll<HTMLElement>("[role=tab]")[next ?? 0]?.focus();
  }

  return (
    <div className="tabs">
      <div className="tabs__list" role="tablist" aria-label={props.label} ref={list} onKeyDown={press} tabIndex={-1}>
        {props.tabs.map(({ key, label }) => (
          <button
            key={key}
            type="button"
            role="tab"
            id={`${id}-${key}`}
            className="tabs__tab"
            aria-selected={key === current.key}
            aria-controls={`${id}-panel`}
            tabIndex={key === current.key ? 0 : -1}
            onClick={() => choose(key)}
          >
            {label}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${current.key}`} className="tabs__panel" key={current.key}>
        {current.render()}
      </div>
    </div>
  );
}
