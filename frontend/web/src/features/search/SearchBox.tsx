import { LoadingOutlined, SearchOutlined } from "@ant-design/icons";
import { Input } from "antd";
import { type KeyboardEvent, useCallback, useEffect, useId, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { graphql, usePage } from "@/graph";
import { Empty, Failed } from "@/ui/states";
import { SearchHit } from "./SearchHit";
import { destinationOf } from "./destinationOf";

const SearchQuery = graphql(`
  query Search($text: SearchText!) {
    search(text: $text, kinds: [CUSTOMER, HOUSEHOLD, ACCOUNT, CARD, TICKET], first: 12) {
      hasMore
      hits {
        ...SearchHit
        node {
          id
          ...SearchDestination
        }
      }
    }
  }
`);

const SETTLED_AFTER_MS = 120;

/** A combobox: what is typed is asked for as soon as the typing rests; arrows choose, Enter opens. */
export function SearchBox(props: { onDone(): void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const listId = useId();
  const [typed, setTyped] = useState("");
  const text = useSettled(typed.trim());
  const [chosen, setChosen] = useState(0);
  const found = usePage(SearchQuery, { text }, { pause: !text });
  const hits = useMemo(() => (text ? (found.data?.search.hits ?? []) : []), [text, found.data]);
  useEffect(() => setChosen(0), [hits]);
  // Enter is for what is typed: while the hits are still those of what stood there before, it waits for the first of its own.
  const areCurrent = typed.trim() === text && !found.loading && !found.refreshing;
  const [waits, setWaits] = useState(false);
  const { onDone } = props;
  const go = useCallback(
    (index: number) => {
      const hit = hits[index];
      const destination = hit && destinationOf(hit.node);
      if (!destination) return;
      onDone();
      void navigate(destination);
    },
    [hits, navigate, onDone],
  );
  useEffect(() => {
    if (!waits || !areCurrent) return;
    setWaits(false);
    go(0);
  }, [waits, areCurrent, go]);

  function press(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && hits.length) {
      event.preventDefault();
      setChosen((chosen + step + hits.length) % hits.length);
    } else if (event.key === "Enter" && !event.nativeEvent.isComposing) {
      if (areCurrent) go(chosen);
      else setWaits(true);
    }
  }

  return (
    <div className="search">
      <Input
        size="large"
        variant="borderless"
        autoFocus
        maxLength={100}
        prefix={found.loading || found.refreshing ? <LoadingOutlined aria-hidden /> : <SearchOutlined aria-hidden />}
        placeholder={t("search.placeholder")}
        aria-label={t("search.label")}
        role="combobox"
        aria-expanded={hits.length > 0}
        aria-controls={listId}
        aria-activedescendant={hits.length ? `${listId}-${chosen}` : undefined}
        aria-autocomplete="list"
        autoComplete="off"
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setWaits(false);
        }}
        onKeyDown={press}
      />
      <div className="search__body">
        {!text && <p className="search__hint muted">{t("search.hint")}</p>}
        {text && found.failure && <Failed failure={found.failure} onRetry={found.reload} />}
        {text && !found.failure && found.data && hits.length === 0 && !found.refreshing && (
          <Empty title={t("search.none")} detail={t("search.noneDetail")} />
        )}
        <ul id={listId} role="listbox" aria-label={t("search.results")} className="search__hits">
          {hits.map((hit, index) => (
            // The keys are the input's: it keeps the focus while a hit is chosen.
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
            <li
              key={hit.node.id}
              id={`${listId}-${index}`}
              role="option"
              aria-selected={index === chosen}
              className="search__hit"
              onMouseMove={() => setChosen(index)}
              onClick={() => go(index)}
            >
              <SearchHit hit={hit} />
            </li>
          ))}
        </ul>
        {found.data?.search.hasMore && hits.length > 0 && <p className="search__hint muted">{t("search.more")}</p>}
      </div>
      <div className="search__keys muted" aria-hidden="true">
        <span>
          <kbd>↑</kbd> <kbd>↓</kbd> {t("search.moving")}
        </span>
        <span>
          <kbd>Enter</kbd> {t("search.opening")}
        </span>
        <span>
          <kbd>Esc</kbd> {t("search.closing")}
        </span>
      </div>
    </div>
  );
}

function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), SETTLED_AFTER_MS);
    return () => clearTimeout(timer);
  }, [text]);
  // What is gone from the box is gone at once.
  return text ? settled : "";
}
